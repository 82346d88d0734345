"""The charter the house ships, as a table: the division of work of the trade, a start for teams that have none written.

A duty is three lines: `duty_id | phases (b before, o on air, a after) | grants | reads | within s | flags`, the facts that prove it, and
the cells (R does it, A answers for it and may, RA both, C is asked first, I is told, X may not). What it is called, how one knows that it
was done, with which skill and how two share it stands in words.toml under its duty_id.
"""

from typing import Final

# role_id | consoles | for whom it may stand in
ROLES: Final = """
owner | director host assistant operations care planner report | director planner
planner | planner report operations director | director
director | director planner host assistant operations care report | planner
host | host | -
assistant | assistant host | care
operations | operations report planner | -
tech | director | -
care | care assistant | assistant
"""

# separation_id | duties that one person may not hold alone
SEPARATIONS: Final = """
promos | propose.promos approve.promos
draws | prepare.draws run.draws
"""

DUTIES: Final = """
plan.show | boa | show.plan | - | 0 | skill
    show.planned show.edited
    planner:R owner:A director:C host:I assistant:I operations:I tech:I care:I
select.products | b | product.edit | - | 0 | contested skill
    product.added product.edited product.sheet_imported
    operations:RA planner:C director:I host:I assistant:I care:I
change.products | oa | product.edit | - | 0 | contested skill
    product.edited
    operations:R director:A planner:I host:I assistant:I care:I
write.rundown | b | rundown.edit | - | 0 | skill
    rundown.imported rundown.cue_added rundown.cue_edited
    planner:R director:A host:C operations:C assistant:I tech:I
change.rundown | oa | rundown.edit | - | 0 | contested skill
    rundown.cue_edited rundown.cue_moved rundown.time_added
    director:RA planner:C host:I assistant:I operations:I tech:I
set.targets | bo | metric.target | - | 0 | skill
    metric.target_set
    planner:R owner:A operations:C director:I host:I
air.show | boa | show.run | - | 0 | emergency skill
    show.aired show.ended
    director:RA owner:I host:I assistant:I operations:I tech:I care:I planner:I
run.rundown | boa | rundown.run | - | 0 | emergency skill
    rundown.cue_went rundown.cue_skipped rundown.cue_held
    director:RA host:I assistant:I operations:I tech:I
tell.host | boa | host.message | - | 0 | skill
    prompter.messaged
    director:RA operations:I assistant:I
signal.host | boa | host.signal | - | 3 | emergency skill
    prompter.signal_set
    director:RA host:I assistant:I operations:I
pin.note | boa | note.pin | - | 0 | -
    note.pinned
    director:RA assistant:I operations:I
hand.questions | boa | comment.hand_to_host | - | 30 | contested skill
    prompter.question_handed
    assistant:R director:A host:I
answer.aloud | boa | host.question | - | 60 | split skill
    prompter.question_finished
    host:R assistant:R director:A
reply.live | bo | comment.reply | - | 60 | contested skill
    comment.answered comment.reply_sent
    assistant:R director:A host:I care:C operations:X
reply.after | a | comment.reply | - | 86400 | contested skill
    comment.answered comment.reply_sent
    care:R owner:A assistant:I operations:X
sort.comments | bo | comment.correct | - | 0 | -
    comment.corrected
    assistant:R director:A care:I
sort.after | a | comment.correct | - | 0 | -
    comment.corrected
    care:R owner:A
moderate.live | bo | moderation.act | - | 30 | contested emergency skill
    moderation.hidden moderation.muted moderation.slow_set
    assistant:R director:A care:C host:I
moderate.after | a | moderation.act | - | 0 | skill
    moderation.hidden moderation.muted
    care:R owner:A
keep.words | bo | moderation.words | - | 0 | skill
    moderation.words_added
    assistant:R director:A planner:C
set.claims | bo | claim.setup | - | 0 | skill
    claim.policy_set claim.window_opened claim.keywords_set
    assistant:R director:A operations:C
take.claims | bo | claim.handle | - | 120 | contested skill
    claim.settled claim.offered
    assistant:R director:A care:I operations:I
take.claims_after | a | claim.handle | - | 0 | skill
    claim.settled claim.apologised
    care:R owner:A assistant:I
list.products | boa | product.pin | - | 5 | contested skill
    product.pinned
    assistant:R director:A host:I operations:I
prepare.draws | bo | draw.prepare draw.close | - | 0 | contested skill
    draw.prepared draw.closed
    assistant:R operations:A director:I host:I
run.draws | o | draw.run | - | 0 | skill
    draw.run
    director:RA assistant:C host:I
propose.promos | bo | promo.propose alarm.propose | - | 0 | contested skill
    promo.proposed alarm.move_proposed
    operations:RA director:I host:I assistant:X
approve.promos | bo | promo.approve alarm.approve | - | 30 | contested skill
    promo.approved promo.rejected alarm.move_approved
    director:RA host:I assistant:I operations:X
apply.promos | boa | promo.settle_by_hand promo.end | - | 10 | contested skill
    promo.applied promo.ended
    operations:R director:A host:I assistant:I
choose.alarms | bo | alarm.choose | - | 0 | skill
    alarm.chosen
    operations:RA director:I
watch.figures | boa | - | metric.read log.read | 600 | contested skill
    metric.sampled
    operations:R director:A owner:I planner:I assistant:X
enter.spend | boa | metric.spend | - | 0 | skill
    metric.spend_entered
    operations:R owner:A planner:I
mark.staff | boa | staff.mark | - | 0 | -
    workspace.staff_marked
    assistant:R director:A care:I
watch.house | boa | house.watch | - | 60 | emergency split skill
    workspace.warning_settled
    tech:R director:R operations:R owner:A
adopt.charter | boa | charter.take | - | 0 | -
    charter.adopted
    director:RA owner:C host:I assistant:I operations:I tech:I care:I planner:I
check.equipment | b | - | - | 3600 | contested skill
    -
    tech:R director:A host:I
check.network | b | - | - | 3600 | skill
    -
    tech:R director:A
check.platform | b | - | - | 3600 | skill
    -
    tech:R director:A operations:C
watch.stream | o | - | - | 3 | emergency skill
    -
    tech:R director:A host:I
guard.accounts | boa | - | - | 0 | skill
    -
    tech:R owner:A
test.chain | b | - | - | 3600 | contested skill
    -
    tech:R director:A assistant:C operations:I care:I
know.products | b | - | - | 0 | contested skill
    -
    host:R director:A planner:C
explain.products | o | - | - | 0 | skill
    rundown.cue_went
    host:R director:A
talk.viewers | o | - | - | 0 | skill
    -
    host:R director:A assistant:I
handle.surprises | o | - | - | 0 | contested skill
    -
    host:R director:A assistant:I operations:I tech:I
count.samples | b | - | - | 86400 | skill
    -
    assistant:R planner:A host:I
shoot.pictures | b | - | - | 259200 | skill
    -
    assistant:R planner:A
study.rivals | b | - | - | 259200 | skill
    -
    operations:R planner:A host:I
set.venue | b | - | - | 86400 | skill
    -
    tech:R director:A planner:C host:I
rehearse.show | b | - | - | 86400 | contested skill
    -
    director:R planner:A host:C assistant:I operations:I tech:I care:I
answer.aftersale | a | - | - | 86400 | contested skill
    -
    care:R owner:A assistant:I operations:X
handle.returns | a | - | - | 172800 | contested skill
    -
    care:R owner:A operations:I
review.show | a | - | - | 86400 | contested skill
    -
    operations:R director:A owner:I planner:C host:C assistant:I tech:I care:I
plan.tasks | boa | task.plan | - | 0 | split skill
    task.added task.edited
    planner:R director:RA owner:R host:I assistant:I operations:I tech:I care:I
do.tasks | boa | task.do | task.read | 0 | split
    task.done task.blocked
    director:RA owner:R planner:R host:R assistant:R operations:R tech:R care:R
plan.roster | boa | roster.plan | - | 86400 | skill
    roster.assigned roster.absent
    planner:R director:A owner:I host:I assistant:I operations:I tech:I care:I
say.ready | b | show.ready | - | 0 | -
    readiness.declared
    planner:R director:A owner:I host:I assistant:I operations:I
override.readiness | b | show.override | - | 0 | -
    readiness.declared
    director:RA owner:I planner:I
review.duties | boa | review.hold | - | 0 | -
    review.held
    owner:RA planner:C director:C
cancel.orders | boa | order.cancel | - | 600 | split skill
    order.cancel_asked order.cancel_confirmed
    care:R operations:R director:A assistant:I
"""
