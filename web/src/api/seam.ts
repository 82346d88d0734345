/**
 * What this app and the server say to each other. Generated from the server's features by `make api`: do not edit.
 * What the server says is complete; of what one says to it, fields with a default may be left out.
 */

export interface Commands {
  'workspace.open': OpenWorkspace
  'workspace.add_person': AddPerson
  'workspace.change_roles': ChangeRoles
  'workspace.rename_person': RenamePerson
  'workspace.remove_person': RemovePerson
  'workspace.issue_token': IssueToken
  'workspace.revoke_token': RevokeToken
  'workspace.mark_staff': MarkStaff
  'workspace.warn': WarnHouse
  'workspace.settle_warning': SettleWarning
  'workspace.ask_second_step': AskSecondStep
  'workspace.reset_second_step': ResetSecondStep
  'show.plan': PlanShow
  'show.edit': EditShow
  'show.air': AirShow
  'show.end': EndShow
  'show.list': ListShow
  'charter.draft': DraftCharter
  'charter.change_cells': ChangeCells
  'charter.write_duty': WriteDuty
  'charter.strike_duty': StrikeDuty
  'charter.write_role': WriteRole
  'charter.strike_role': StrikeRole
  'charter.drop_draft': DropDraft
  'charter.publish': PublishCharter
  'charter.sign': SignCharter
  'charter.take': TakeCharter
  'charter.adopt': AdoptCharter
  'roster.assign': AssignPerson
  'roster.unassign': UnassignPerson
  'roster.absent': MarkAbsent
  'roster.check_in': CheckIn
  'roster.leave': LeaveDuty
  'roster.offer': OfferRole
  'roster.accept': AcceptRole
  'roster.decline': DeclineRole
  'roster.withdraw': WithdrawOffer
  'roster.take': TakeRole
  'roster.plan_shift': PlanShift
  'roster.drop_shift': DropShift
  'roster.tick': TickSheetLine
  'roster.ask': AskLine
  'roster.answer': AnswerLine
  'roster.stand_by': StandBy
  'roster.note_late': NoteLate
  'roster.close': CloseRole
  'duty.take': TakeDuty
  'duty.give_back': GiveBack
  'duty.lapse': LapseTaking
  'product.add': AddProduct
  'product.edit': EditProduct
  'product.remove': RemoveProduct
  'product.import': ImportProducts
  'product.pin': PinProduct
  'rundown.add_cue': AddCue
  'rundown.edit_cue': EditCue
  'rundown.move_cue': MoveCue
  'rundown.remove_cue': RemoveCue
  'rundown.import': ImportRundown
  'rundown.link': LinkCues
  'rundown.shift': ShiftStarts
  'rundown.go': GoCue
  'rundown.undo': UndoGo
  'rundown.jump': JumpToCue
  'rundown.skip': SkipCue
  'rundown.hold': HoldCue
  'rundown.resume': ResumeCue
  'rundown.add_time': AddTime
  'rundown.ad_lib': AdLibCue
  'task.add': AddTask
  'task.edit': EditTask
  'task.remove': RemoveTask
  'task.use_template': UseTemplate
  'task.return': ReturnTask
  'task.take': TakeTask
  'task.tick': TickLine
  'task.block': BlockTask
  'task.unblock': UnblockTask
  'task.done': FinishTask
  'task.reopen': ReopenTask
  'task.remove_file': RemoveFile
  'audience.seal': SealBatch
  'audience.finish': FinishSource
  'audience.beat': BeatSource
  'audience.hear_orders': HearOrders
  'audience.count_refused': CountRefused
  'comment.answer': AnswerComment
  'comment.dismiss': DismissComment
  'comment.correct': CorrectComment
  'comment.reply': ReplyToComment
  'comment.confirm_reply': ConfirmReply
  'comment.fail_reply': FailReply
  'comment.settle_reply_by_hand': SettleReplyByHand
  'comment.settle_question': SettleQuestion
  'comment.tell_late': TellLateQuestions
  'comment.choose_model': ChooseModel
  'comment.give_answers': GiveAnswers
  'comment.remember_answer': RememberAnswer
  'moderation.add_words': AddWords
  'moderation.add_usual_words': AddUsualWords
  'moderation.remove_words': RemoveWords
  'moderation.allow_phrases': AllowPhrases
  'moderation.disallow_phrases': DisallowPhrases
  'moderation.hide': HideComments
  'moderation.release': ReleaseComments
  'moderation.mute': MuteViewer
  'moderation.unmute': UnmuteViewer
  'moderation.slow': SetSlow
  'moderation.undo': UndoAction
  'moderation.undo_words': UndoWords
  'moderation.screen': ScreenBatch
  'moderation.take_rules': TakeRules
  'moderation.end_mutes': EndMutes
  'moderation.settle': SettleModeration
  'moderation.settle_by_hand': SettleByHand
  'order.record': RecordOrders
  'order.cancel': CancelOrder
  'order.confirm_cancel': ConfirmCancel
  'order.refuse_cancel': RefuseCancel
  'claim.set_policy': SetPolicy
  'claim.open_window': OpenWindow
  'claim.close_window': CloseWindow
  'claim.set_keywords': SetKeywords
  'claim.set_stock': SetStock
  'claim.set_limit': SetLimit
  'claim.open_product': OpenProduct
  'claim.block_buyer': BlockBuyer
  'claim.claim': ClaimByHand
  'claim.cancel': CancelClaim
  'claim.relieve': RelieveProduct
  'claim.restock': Restock
  'claim.apologise': Apologise
  'claim.take_missed': TakeMissed
  'claim.decide': DecideClaims
  'claim.tend': TendClaims
  'claim.settle': SettleClaims
  'draw.prepare': PrepareDraw
  'draw.keep_seed': KeepSeed
  'draw.open': OpenDraw
  'draw.close': CloseDraw
  'draw.run': RunDraw
  'draw.redraw': RedrawWinner
  'draw.cancel': CancelDraw
  'promo.propose': ProposePromo
  'promo.approve': ApprovePromo
  'promo.reject': RejectPromo
  'promo.withdraw': WithdrawPromo
  'promo.confirm': ConfirmPromo
  'promo.fail': FailPromo
  'promo.settle_by_hand': SettlePromoByHand
  'promo.end': EndPromo
  'promo.take_back': TakeBackPromo
  'promo.say_again': SayAgainPromo
  'promo.expire': ExpirePromos
  'promo.approve_tossed': ApproveTossed
  'promo.confirm_end': ConfirmPromoEnd
  'promo.fail_end': FailPromoEnd
  'prompter.message': MessageHost
  'prompter.set_signal': SetSignal
  'prompter.hand_question': HandQuestion
  'prompter.finish_question': FinishQuestion
  'note.pin': PinNote
  'note.unpin': UnpinNote
  'metric.set_target': SetTarget
  'metric.enter_spend': EnterSpend
  'metric.remove_spend': RemoveSpend
  'metric.sample': SampleFigures
  'metric.summarise': SummariseShow
  'metric.note_show': NoteShow
  'metric.hand_history': HandHistory
  'metric.take_history': TakeHistory
  'alarm.choose': ChooseAlarm
  'alarm.choose_usual': ChooseUsualAlarms
  'alarm.drop': DropAlarm
  'alarm.evaluate': EvaluateAlarms
  'alarm.propose_move': ProposeMove
  'alarm.approve_move': ApproveMove
  'alarm.reject_move': RejectMove
  'alarm.answer': AnswerAlarm
  'effect.keep': KeepEffects
  'erasure.note': NoteErased
  'erasure.wait': WaitErasure
  'erasure.fail': FailErasure
  'erasure.sweep_now': SweepNow
  'readiness.declare': DeclareReady
  'readiness.override': OverrideReadiness
  'readiness.withdraw': WithdrawReady
  'review.hold': HoldReview
  'review.note_refusal': NoteRefusal
  'asking.agree': AgreeToAsked
  'asking.decline': DeclineAsked
  'asking.withdraw': WithdrawAsked
  'asking.explain': ExplainAsked
  'asking.lapse': LapseAsked
  'asking.settle': SettleAsked
  'channel.post': PostMessage
  'channel.edit': EditMessage
  'channel.withdraw': WithdrawMessage
  'channel.meet': MeetMessage
  'channel.take': TakeMessage
  'channel.let_go': LetMessageGo
  'channel.finish': FinishMessage
  'channel.reopen': ReopenMessage
  'channel.react': ReactToMessage
  'channel.read_to': ReadChannel
  'channel.tend': TendChannel
  'standby.ask': AskStandby
  'standby.answer': AnswerStandby
  'standby.end': EndStandby
  'bridge.set': SetBridge
  'bridge.remove': RemoveBridge
  'outbox.queue': QueueLetters
  'outbox.begin': BeginLetters
  'outbox.tell': TellLetters
  'outbox.drop': DropLetters
  'outbox.tend': TendOutbox
  'outbox.acknowledge': AcknowledgeLetter
}

export interface Views {
  'workspace.head': WorkspaceRow
  'workspace.names': NameRow
  'workspace.people': PersonRow
  'workspace.tokens': TokenRow
  'workspace.staff': StaffRow
  'workspace.warnings': WarningRow
  'workspace.changes': ChangeRow
  'workspace.entry': EntryRow
  'show.head': ShowRow
  'show.list': ListedShowRow
  'show.going': ListedShowRow
  'charter.head': CharterHeadRow
  'charter.draft': CharterDutyRow
  'charter.draft_roles': CharterRoleRow
  'charter.duties': CharterDutyRow
  'charter.roles': CharterRoleRow
  'charter.findings': CharterFindingRow
  'charter.effects': CharterEffectRow
  'charter.signatures': SignatureRow
  'charter.in_force': InForceRow
  'roster.board': RosterRow
  'roster.gaps': RosterGapRow
  'roster.shifts': ShiftRow
  'duty.takings': TakingRow
  'product.cards': ProductCard
  'product.signs': ProductSign
  'rundown.cues': CueRow
  'rundown.clock': ClockRow
  'rundown.on_air': OnAirRow
  'rundown.conflicts': ConflictRow
  'task.list': TaskRow
  'task.counts': TaskCountsRow
  'audience.sources': SourceRow
  'comment.stream': CommentRow | TallyRow
  'comment.window': CommentRow
  'comment.questions': OpenQuestionRow | QuestionTallyRow
  'comment.counts': CommentCountRow
  'comment.topics': TopicRow
  'comment.memory': MemoryRow
  'moderation.held': HeldRow
  'moderation.now': GuardRow
  'moderation.log': ActionRow
  'moderation.muted': MutedRow
  'moderation.words': WordRow
  'moderation.allowed': AllowedRow
  'order.latest': OrderRow
  'order.counts': OrderCountRow
  'order.odd': OddRow
  'order.cancels': CancelRow
  'claim.stock': StockRow
  'claim.claims': ClaimRow
  'claim.buyers': BuyerRow
  'claim.numbers': ClaimNumbersRow
  'claim.desk': DeskRow
  'claim.oversold': OversoldRow
  'claim.unlisted': UnlistedRow
  'draw.board': DrawRow
  'promo.board': PromoRow
  'prompter.host': HostRow
  'prompter.questions': QuestionRow
  'note.pinned': NoteRow
  'metric.tiles': TileRow
  'metric.products': ProductFigureRow
  'metric.cues': CueFigureRow
  'metric.minutes': MinuteRow
  'metric.flows': FlowRow
  'metric.retention': RetentionRow
  'metric.spend': SpendFigureRow
  'alarm.board': AlarmRow
  'alarm.raises': RaiseRow
  'alarm.moves': MoveRow
  'alarm.effects': MoveEffectRow
  'effect.like': LikeRow
  'report.passes': PassRow
  'report.marks': MarkRow
  'report.effects': EffectRow
  'erasure.list': ErasureRow
  'readiness.items': ReadinessRow
  'readiness.declared': DeclaredRow
  'review.now': ReviewNowRow
  'asking.requests': RequestRow
  'asking.told': ToldRow
  'channel.messages': MessageRow
  'channel.calls': MessageRow
  'channel.marks': ReadRow
  'channel.rooms': RoomRow
  'channel.responses': ResponseRow
  'standby.board': StandbyRow
  'bridge.list': BridgeRow
  'outbox.letters': LetterRow
}

/** Views that may be asked through a question. */
export type Lens = 'comment.stream'

export interface Limits {
  'moderation.held': 300
  'moderation.log': 300
  'order.latest': 200
  'claim.claims': 300
  'claim.buyers': 400
}

export interface Operations {
  'post /api/session': { query: never; body: SignIn; answer: SignedIn }
  'post /api/session/step': { query: never; body: SecondStep; answer: SignedIn }
  'post /api/session/link': { query: never; body: ClaimLink; answer: SignedIn }
  'post /api/session/screen': { query: never; body: OpenScreen; answer: ScreenAnswer }
  'delete /api/session': { query: never; body: undefined; answer: unknown }
  'get /api/me': { query: never; body: undefined; answer: Me }
  'post /api/me/password': { query: never; body: SetPassword; answer: unknown }
  'post /api/people/{person_id}/invitation': { query: never; body: undefined; answer: Invitation }
  'get /api/me/account': { query: never; body: undefined; answer: OwnAccount }
  'delete /api/me/sessions/{session_id}': { query: never; body: undefined; answer: unknown }
  'delete /api/me/sessions': { query: never; body: undefined; answer: unknown }
  'put /api/me/profile': { query: never; body: ProfileGiven; answer: unknown }
  'post /api/me/step': { query: never; body: undefined; answer: StepBegun }
  'post /api/me/step/confirm': { query: never; body: Code; answer: Codes }
  'post /api/me/step/codes': { query: never; body: Code; answer: Codes }
  'post /api/me/step/remove': { query: never; body: Code; answer: unknown }
  'get /api/accounts': { query: never; body: undefined; answer: Accounts }
  'delete /api/people/{person_id}/sessions': { query: never; body: undefined; answer: unknown }
  'post /api/me/passkeys/ask': { query: never; body: undefined; answer: Asked }
  'post /api/me/passkeys': { query: never; body: NewPasskey; answer: unknown }
  'delete /api/me/passkeys/{passkey_id}': { query: never; body: undefined; answer: unknown }
  'post /api/session/passkey/ask': { query: never; body: undefined; answer: Asked }
  'post /api/session/passkey': { query: never; body: ByPasskey; answer: SignedIn }
  'get /api/me/phones': { query: never; body: undefined; answer: OwnPhones }
  'post /api/me/phones': { query: never; body: PhoneAsked; answer: PhoneAdded }
  'post /api/me/phones/{phone_id}/try': { query: never; body: undefined; answer: PhoneTold }
  'delete /api/me/phones/{phone_id}': { query: never; body: undefined; answer: unknown }
  'get /api/session/provider': { query: never; body: undefined; answer: ProviderOffer }
  'put /api/people/{person_id}/address': { query: never; body: ExpectedAddress; answer: unknown }
  'post /api/ingest/{show_id}': { query: never; body: IngestBody; answer: Ingested }
  'get /api/bridges': { query: never; body: undefined; answer: WayLines }
  'put /api/bridges/{bridge_id}/way': { query: never; body: WayAsked; answer: WayLine }
  'post /api/bridges/{bridge_id}/try': { query: never; body: undefined; answer: Tried }
  'get /api/acks/{token}': { query: never; body: undefined; answer: AckPage }
  'post /api/acks/{token}': { query: never; body: undefined; answer: AckPage }
  'get /api/streams/show/{stream_id}/views/{view}': { query: never; body: undefined; answer: ViewAnswer }
  'get /api/streams/show/{stream_id}/events': { query: 'after' | 'limit' | 'types' | 'from_at' | 'to_at'; body: undefined; answer: EventPage }
  'get /api/streams/workspace/{stream_id}/views/{view}': { query: never; body: undefined; answer: ViewAnswer }
  'get /api/streams/workspace/{stream_id}/events': { query: 'after' | 'limit' | 'types' | 'from_at' | 'to_at'; body: undefined; answer: EventPage }
  'get /api/streams/show/{stream_id}/views/{view}/all': { query: 'q' | 'exactly' | 'skip' | 'limit'; body: undefined; answer: WholeAnswer }
  'get /api/health': { query: never; body: undefined; answer: unknown }
  'post /api/tokens': { query: never; body: TokenRequest; answer: TokenAnswer }
  'put /api/provider': { query: never; body: ProviderRequest; answer: unknown }
  'get /api/tokens/uses': { query: never; body: undefined; answer: TokenUses }
  'get /api/audit': { query: 'before' | 'limit'; body: undefined; answer: AuditPage }
  'post /api/streams/show/{stream_id}/copies': { query: never; body: PlanShow; answer: ShowCopied }
  'get /api/charter/people/{person_id}/page': { query: 'lang' | 'zone' | 'draft'; body: undefined; answer: Page }
  'post /api/charter/import': { query: never; body: FormData; answer: CharterImport }
  'get /api/charter/words': { query: never; body: undefined; answer: CharterWords }
  'get /api/shows/{show_id}/duties': { query: never; body: undefined; answer: ShowDuties }
  'get /api/shows/{show_id}/why': { query: 'duty' | 'role' | 'at'; body: undefined; answer: Why }
  'get /api/shows/{show_id}/roster/conflicts': { query: never; body: undefined; answer: RosterConflicts }
  'get /api/shows/{show_id}/roster/left': { query: never; body: undefined; answer: LeftOver }
  'get /api/shows/{show_id}/roster/powers': { query: 'role'; body: undefined; answer: RolePowers }
  'get /api/shows/{show_id}/roster/figures': { query: never; body: undefined; answer: ShiftFigures }
  'get /api/shows/{show_id}/roster/sheet': { query: 'seq' | 'under'; body: undefined; answer: HandOverSheet }
  'post /api/streams/show/{stream_id}/imports/products': { query: 'dry_run'; body: FormData; answer: ImportReport }
  'post /api/streams/show/{stream_id}/imports/rundown': { query: 'dry_run' | 'replace'; body: FormData; answer: ImportReport }
  'post /api/shows/{show_id}/tasks/import': { query: never; body: FormData; answer: TaskImport }
  'post /api/shows/{show_id}/tasks/{task_id}/files': { query: never; body: FormData; answer: Receipt }
  'get /api/tasks/mine': { query: never; body: undefined; answer: MyTasks }
  'get /api/tasks/words': { query: never; body: undefined; answer: TaskWords }
  'get /api/shows/{show_id}/comments': { query: 'kind' | 'product' | 'text' | 'viewer' | 'before' | 'after' | 'at' | 'limit'; body: undefined; answer: CommentPage }
  'get /api/streams/show/{stream_id}/claims/why': { query: 'q'; body: undefined; answer: WhyAnswer }
  'post /api/shows/{show_id}/draws': { query: never; body: NewDraw; answer: Prepared }
  'post /api/shows/{show_id}/draws/{draw_id}/run': { query: never; body: RunRequest; answer: unknown }
  'get /api/shows/{show_id}/draws/{draw_id}': { query: never; body: undefined; answer: DrawFile }
  'post /api/streams/show/{stream_id}/imports/spend': { query: 'dry_run'; body: FormData; answer: ImportReport }
  'get /api/shows/{show_id}/report': { query: 'lang'; body: undefined; answer: Report }
  'post /api/erasures': { query: never; body: ErasureRequest; answer: ErasureAnswer }
  'post /api/erasures/look': { query: never; body: ErasureLook; answer: WouldErase }
  'get /api/review': { query: 'month' | 'zone' | 'lang'; body: undefined; answer: Review }
  'get /api/me/calendar': { query: never; body: undefined; answer: CalendarNow }
  'post /api/me/calendar': { query: never; body: undefined; answer: CalendarAddress }
  'delete /api/me/calendar': { query: never; body: undefined; answer: unknown }
  'get /api/asking/{kind}/{stream_id}/{request_id}': { query: never; body: undefined; answer: WhyNotDone }
}

export interface Refusals {
  'ack.unknown': Record<string, never>
  'alarm.figure_unknown': { metric: string; window: 'last_10' | 'now' | 'whole' }
  'alarm.limit_wrong': { alarm_id: string }
  'alarm.move_incomplete': { move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'; needs: string }
  'alarm.move_settled': { move_id: string }
  'alarm.move_taken': { move_id: string }
  'alarm.no_show': Record<string, never>
  'alarm.self_approval': { move_id: string }
  'alarm.show_ended': Record<string, never>
  'alarm.too_many': { most: number }
  'alarm.unknown': { id: string }
  'asking.cannot_wait': { duty: string; roles: string[]; able_roles: string[] }
  'asking.erased': Record<string, never>
  'asking.full': { most: number }
  'asking.not_asked': { roles: string[] }
  'asking.not_yours': Record<string, never>
  'asking.nothing_said': Record<string, never>
  'asking.over': { request_id: string }
  'asking.own': Record<string, never>
  'asking.too_long': { duty: string }
  'asking.waits': { request_id: string }
  'audience.show_ended': Record<string, never>
  'audience.show_unknown': Record<string, never>
  'auth.address_taken': Record<string, never>
  'auth.crowded': { wait_s: number }
  'auth.csrf': Record<string, never>
  'auth.link_used': Record<string, never>
  'auth.passkey_place': { host: string }
  'auth.passkey_wrong': Record<string, never>
  'auth.passkeys_full': { most: number }
  'auth.people_only': Record<string, never>
  'auth.provider_away': Record<string, never>
  'auth.provider_bad': { issuer: string }
  'auth.provider_group': Record<string, never>
  'auth.provider_off': Record<string, never>
  'auth.provider_said_no': Record<string, never>
  'auth.provider_stale': Record<string, never>
  'auth.provider_unknown': Record<string, never>
  'auth.provider_unverified': Record<string, never>
  'auth.provider_wrong': Record<string, never>
  'auth.screens_full': { screens_max: number }
  'auth.session_unknown': Record<string, never>
  'auth.step_needed': Record<string, never>
  'auth.step_over': Record<string, never>
  'auth.step_set_already': Record<string, never>
  'auth.too_many_tries': { wait_s: number }
  'auth.weak_password': { min_length: number }
  'auth.wrong_code': Record<string, never>
  'auth.wrong_current': Record<string, never>
  'auth.wrong_first_code': Record<string, never>
  'auth.wrong_password': Record<string, never>
  'bridge.address_missing': Record<string, never>
  'bridge.name_missing': Record<string, never>
  'bridge.name_taken': { name: string }
  'bridge.name_too_long': { length: number; most: 30 }
  'bridge.not_connected': Record<string, never>
  'bridge.not_plain': { field: 'secret' | 'target' }
  'bridge.other_kind': Record<string, never>
  'bridge.secret_missing': Record<string, never>
  'bridge.target_missing': Record<string, never>
  'bridge.too_many': { most: 20 }
  'channel.asks_nothing': { message_id: string }
  'channel.blank': Record<string, never>
  'channel.done': { person_id: string }
  'channel.held': { person_id: string }
  'channel.id_taken': { message_id: string }
  'channel.message_unknown': { message_id: string }
  'channel.no_reason': Record<string, never>
  'channel.not_done': Record<string, never>
  'channel.not_yours': Record<string, never>
  'channel.person_unknown': { person_id: string }
  'channel.role_unknown': { role: string }
  'channel.tag_unknown': { tag: string }
  'channel.too_long': { length: number; most: number }
  'channel.unknown': { channel_id: string }
  'charter.cell_moved': { duty: string; role: string; seen: string; stands: string }
  'charter.draft_moved': Record<string, never>
  'charter.duty_unknown': { duty: string }
  'charter.full': { most: number }
  'charter.grant_unknown': { duty: string }
  'charter.no_draft': Record<string, never>
  'charter.of_the_house': Record<string, never>
  'charter.on_air_only': Record<string, never>
  'charter.role_reserved': { role: string }
  'charter.role_unknown': { role: string }
  'charter.row_moved': { id: string }
  'charter.stops': { count: number }
  'charter.version_passed': { version: number; expected: number }
  'claim.comment_unknown': { comment_ref: string }
  'claim.hand_again': { entered_by: string; clock: string }
  'claim.hand_blocked': { buyer: string }
  'claim.hand_closed': { product_id: string }
  'claim.keyword_bad': { keyword: string }
  'claim.keyword_taken': { keyword: string; product_id: string }
  'claim.nothing_beyond': { product_id: string }
  'claim.nothing_held': { claim_id: string }
  'claim.nothing_missed': Record<string, never>
  'claim.policy_conflict': { policy_field: string; policy_yours: string; policy_theirs: string }
  'claim.product_unknown': { product_id: string }
  'claim.show_ended': Record<string, never>
  'claim.stock_below_variants': { product_id: string; stock: number; variants: number }
  'claim.stock_of_variants': { product_id: string; variants: number }
  'claim.stock_stale': { product_id: string; was: number; now: string }
  'claim.unknown': { claim_id: string }
  'claim.variant_unknown': { product_id: string; variant: string }
  'claim.window_stands': { open: boolean }
  'comment.model_broken': { version: string }
  'comment.product_unknown': { product_id: string }
  'comment.reply_not_asked': { comment_ref: string }
  'comment.reply_under_way': { comment_ref: string }
  'comment.reply_unknown': { reply_id: string }
  'comment.source_takes_no_reply': { source: string }
  'comment.unknown': { comment_ref: string }
  'core.bad_json': { why: string }
  'core.bad_port': { value: string; port_max: number }
  'core.crowded': { wait_s: number }
  'core.elsewhere_only': { only: string; stream: string }
  'core.file_unusable': { path: string; trouble: string }
  'core.invalid': { where: string; why: string }
  'core.key_reused': { key: string }
  'core.log_damaged': { stream: string; seq: number }
  'core.not_allowed': { duty: string; roles: string[]; able_roles: string[]; on_duty: string[] }
  'core.not_found': { kind: string; id: string }
  'core.not_signed_in': Record<string, never>
  'core.overtaxed': Record<string, never>
  'core.store_full': { stream: string }
  'core.store_unavailable': { stream: string }
  'core.too_large': { limit_bytes: number }
  'core.vault_damaged': { path: string }
  'draw.beacon': { beacon_source: string }
  'draw.id_taken': { draw_id: string }
  'draw.no_winner': { rank: number }
  'draw.not_on_air': Record<string, never>
  'draw.nothing_to_win': Record<string, never>
  'draw.unknown': { draw_id: string }
  'draw.wrong_seed': Record<string, never>
  'draw.wrong_stage': { title: string; draw_stage: 'cancelled' | 'closed' | 'drawn' | 'open' | 'prepared' }
  'erasure.id_taken': { erasure_id: string }
  'erasure.nothing_to_sweep': Record<string, never>
  'erasure.platform_unknown': { platform: string; platforms: string }
  'erasure.under_way': Record<string, never>
  'erasure.unknown': { erasure_id: string }
  'file.kind_unknown': { filename: string }
  'file.not_a_chat': { why: string }
  'file.too_large': { filename: string; most_mb: number }
  'file.unreachable': { url: string; why: string }
  'http.bug': { reference: string }
  'http.foreign_origin': Record<string, never>
  'http.method': Record<string, never>
  'http.not_found': Record<string, never>
  'http.not_json': { media_type: string }
  'http.slow_request': Record<string, never>
  'http.too_fast': { what: string; wait_s: number }
  'http.too_many': { what: string; most: number; wait_s: number }
  'ingest.kind_unknown': { kind: string }
  'ingest.of_nobody': Record<string, never>
  'ingest.unread': { why: string }
  'live.bad_message': { why: string }
  'live.bad_origin': Record<string, never>
  'metric.move_spent': { move_id: string; spend_id: string }
  'metric.move_unknown': { move_id: string }
  'metric.no_show': Record<string, never>
  'metric.spend_unknown': { spend_id: string }
  'metric.unknown': { metric: string }
  'moderation.action_taken': { action_id: string }
  'moderation.action_unknown': { action_id: string }
  'moderation.comment_unknown': { comment_ref: string }
  'moderation.mixed_sources': { sources: string[] }
  'moderation.nothing_to_undo': { action_id: string }
  'moderation.pattern_broken': { text: string; why: string }
  'moderation.pattern_catches_all': { text: string; example: string }
  'moderation.phrase_too_short': { phrase: string }
  'moderation.settled_already': { action_id: string }
  'moderation.too_long_ago': { comment_ref: string }
  'moderation.undone_already': { action_id: string }
  'moderation.word_empty': { text: string }
  'moderation.word_unknown': { rule_id: string }
  'moderation.words_too_many': { max: number }
  'note.blank': Record<string, never>
  'note.gone': { note_id: string }
  'note.id_taken': { note_id: string }
  'note.other_stands': { note_id: string }
  'note.show_ended': Record<string, never>
  'note.too_long': { length: number; max: 60 }
  'order.above_limit': { order_id: string; limit_minor: number }
  'order.bad_line': { order_id: string; product_id: string }
  'order.broken': { order_id: string; reference: string }
  'order.cancel_no_reason': { order_id: string }
  'order.cancel_not_asked': { order_id: string }
  'order.cancel_waits': { order_id: string }
  'order.gone': { order_id: string }
  'order.line_unread': { order_id: string; product_id: string; line: number }
  'order.show_unknown': Record<string, never>
  'order.told_too_often': { order_id: string; most: number }
  'order.unknown': { order_id: string }
  'order.wrong_currency': { order_id: string; currency: string; show_currency: string }
  'outward.shut': { mode: string }
  'outward.unknown_host': { host: string }
  'product.bad_value': { product_id: string; field: string; why: string }
  'product.claimed': { product_id: string; held: number; waiting: number }
  'product.edit_conflict': { product_id: string; field: string; yours: unknown; theirs: unknown }
  'product.id_alike': { product_id: string; like: string }
  'product.id_taken': { product_id: string }
  'product.in_use': { product_id: string; cues: number; orders: number }
  'product.on_air': { product_id: string }
  'product.price_promoted': { product_id: string; price_minor: number; currency: string; price: string }
  'product.promoted': { product_id: string }
  'product.show_ended': Record<string, never>
  'product.unknown': { product_id: string }
  'product.variant_taken': { product_id: string; variants: string; held: number; waiting: number; ordered: number }
  'product.wrong_currency': { currency: string; show_currency: string }
  'promo.already_settled': { promo_id: string; stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' }
  'promo.coupon_missing': Record<string, never>
  'promo.coupon_over': { until: number }
  'promo.coupon_too_large': Record<string, never>
  'promo.coupon_wrong': Record<string, never>
  'promo.end_pending': { promo_id: string }
  'promo.gift_missing': Record<string, never>
  'promo.id_taken': { promo_id: string }
  'promo.in_flight': { promo_id: string; other_promo_id: string }
  'promo.mixed': Record<string, never>
  'promo.no_change': { product_id: string }
  'promo.not_approved': { promo_id: string; stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' }
  'promo.not_ending': { promo_id: string; stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' }
  'promo.not_on': { promo_id: string; stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' }
  'promo.not_wrong': { promo_id: string; stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' }
  'promo.not_yours': { promo_id: string }
  'promo.overtaken': { promo_id: string; other_promo_id: string }
  'promo.price_missing': Record<string, never>
  'promo.price_moved': { promo_id: string; price_was_minor: number | null; price_now_minor: number | null; currency: string; price_was: string; price_now: string }
  'promo.price_unknown': { product_id: string }
  'promo.price_zero': Record<string, never>
  'promo.product_unknown': { product_id: string }
  'promo.reason_missing': { promo_id: string }
  'promo.replaced': { promo_id: string }
  'promo.self_approval': { promo_id: string }
  'promo.show_ended': Record<string, never>
  'promo.toss_not_on_air': Record<string, never>
  'promo.tossed_already': { promo_id: string }
  'promo.unknown': { promo_id: string }
  'prompter.already_handed': { comment_ref: string }
  'prompter.comment_kept_away': { comment_ref: string }
  'prompter.id_taken': { id: string }
  'prompter.question_blank': Record<string, never>
  'prompter.question_over': { question_id: string }
  'prompter.question_unknown': { question_id: string }
  'prompter.questions_full': { max: number }
  'push.service_unknown': { host: string }
  'push.unreadable': Record<string, never>
  'readiness.missing': { count: number }
  'readiness.not_said': Record<string, never>
  'readiness.reason_blank': Record<string, never>
  'readiness.too_late': Record<string, never>
  'review.too_early': { month: string }
  'roster.may_not_take': { role: string }
  'roster.no_cue': Record<string, never>
  'roster.no_duty': Record<string, never>
  'roster.not_on_duty': { role: string }
  'roster.nothing_asked': Record<string, never>
  'roster.nothing_said': Record<string, never>
  'roster.offer_gone': { offer_id: string }
  'roster.offer_id_taken': { offer_id: string }
  'roster.offer_not_yours': Record<string, never>
  'roster.offer_open': { role: string }
  'roster.on_air': Record<string, never>
  'roster.person_unknown': { person: string }
  'roster.question_open': { open: number }
  'roster.role_not_held': { role: string }
  'roster.say_back_more': { said: number; wanted: number }
  'roster.sheet_too_long': { most: number }
  'roster.shift_backwards': Record<string, never>
  'roster.shift_begun': { shift: string }
  'roster.shift_crosses': { shift: string }
  'roster.shift_follows': { shift: string }
  'roster.shift_unknown': { shift_id: string }
  'roster.shifts_too_many': { most: number }
  'roster.show_ended': Record<string, never>
  'roster.somebody_else': { role: string }
  'roster.to_oneself': Record<string, never>
  'rundown.already_held': { cue_id: string }
  'rundown.bad_value': { cue_id: string; field: string; why: string }
  'rundown.cue_id_taken': { cue_id: string }
  'rundown.cue_live': { cue_id: string }
  'rundown.cue_unknown': { cue_id: string }
  'rundown.edit_conflict': { cue_id: string; field: string; yours: unknown; theirs: unknown }
  'rundown.go_stale': { expect_cue_id: string | null; next_cue_id: string | null }
  'rundown.no_next': Record<string, never>
  'rundown.not_held': { cue_id: string }
  'rundown.not_on_air': { state: string }
  'rundown.nothing_live': Record<string, never>
  'rundown.nothing_to_undo': Record<string, never>
  'rundown.shift_stale': { cue_id: string }
  'rundown.undo_late': { seconds: number }
  'rundown.unknown_field': { cue_id: string; field: string }
  'rundown.unknown_product': { cue_id: string; product_id: string }
  'sheet.empty': { filename: string }
  'sheet.encoding': { filename: string }
  'sheet.legacy_excel': { filename: string }
  'sheet.needs_form': { field: string }
  'sheet.no_file': { field: string }
  'sheet.no_header': { filename: string }
  'sheet.not_a_sheet': { filename: string }
  'sheet.too_heavy': { filename: string }
  'sheet.too_large': { filename: string; rows_max: number; columns_max: number }
  'show.already_planned': { show_id: string }
  'show.ended': { show_id: string }
  'show.not_live': { show_id: string; state: 'ended' | 'live' | 'planned' }
  'show.not_planned': { stream: string }
  'show.not_waiting': { show_id: string; state: 'ended' | 'live' | 'planned' }
  'show.times_backwards': { starts_at: number; ends_at: number }
  'show.told_ahead': { at: number }
  'show.told_in_seconds': { at: number }
  'show.told_too_old': { at: number }
  'show.too_long': { hours_max: number }
  'show.wrong_stream': { stream: string; expected: string }
  'show.zone_unknown': { timezone: string }
  'standby.asked_anew': { role: string }
  'standby.cue_unknown': { cue_id: string }
  'standby.held': { person_id: string }
  'standby.no_reason': Record<string, never>
  'standby.nobody': { cue_id: string }
  'standby.not_asked': { role: string }
  'standby.not_yours': { role: string }
  'standby.on_air': { cue_id: string }
  'standby.reason_too_long': { length: number; most: 60 }
  'standby.role_unknown': { role: string }
  'standby.show_ended': Record<string, never>
  'taking.forbidden': { duty: string }
  'taking.held': { duty: string }
  'taking.id_taken': { taking_id: string }
  'taking.kept': { duty: string }
  'taking.not_crew': Record<string, never>
  'taking.not_on_air': Record<string, never>
  'taking.not_yours': Record<string, never>
  'taking.nothing_said': Record<string, never>
  'taking.over': { taking_id: string }
  'taking.separated': { duty: string }
  'task.blank': Record<string, never>
  'task.circle': { titles: string[] }
  'task.files_full': { title: string; most: number }
  'task.full': { most: number }
  'task.id_taken': { task_id: string }
  'task.is_done': { title: string }
  'task.line_twice': { line_id: string }
  'task.line_unknown': { title: string }
  'task.lines_open': { title: string; count: number }
  'task.moved': { title: string }
  'task.no_photo': { title: string }
  'task.no_proof': { title: string }
  'task.not_yours': { title: string; role: string; person_id: string }
  'task.person_unknown': { person_id: string }
  'task.role_reserved': { role: string }
  'task.role_unknown': { role: string }
  'task.unknown': { task_id: string }
  'task.waits': { title: string; titles: string[] }
  'task.why_blank': Record<string, never>
  'workspace.already_open': { name: string }
  'workspace.domain_owner': Record<string, never>
  'workspace.domain_without_roles': Record<string, never>
  'workspace.last_owner': { person_id: string }
  'workspace.monitor_takes_one': Record<string, never>
  'workspace.name_blank': Record<string, never>
  'workspace.name_of_another': { person_id: string }
  'workspace.name_taken': { name: string }
  'workspace.person_id_taken': { person_id: string }
  'workspace.person_unknown': { person_id: string }
  'workspace.token_expired': { expires_at: number }
  'workspace.token_id_taken': { token_id: string }
  'workspace.token_unknown': { token_id: string }
  'workspace.unknown_role': { role: string }
}

/** What teams call the five jobs of a product, as written and as compared: simplified, in small letters. */
export const ITEM_WORDS: Readonly<Record<string, string>> = {
  "引流": "traffic",
  "引流款": "traffic",
  "引流品": "traffic",
  "鉤子": "traffic",
  "鉤子款": "traffic",
  "traffic": "traffic",
  "hook": "traffic",
  "福利": "welfare",
  "福利款": "welfare",
  "福利品": "welfare",
  "寵粉": "welfare",
  "寵粉款": "welfare",
  "welfare": "welfare",
  "giveaway": "welfare",
  "主推": "hero",
  "主推款": "hero",
  "爆款": "hero",
  "主打": "hero",
  "主打款": "hero",
  "hero": "hero",
  "main": "hero",
  "利潤": "profit",
  "利潤款": "profit",
  "利潤品": "profit",
  "profit": "profit",
  "形象": "image",
  "形象款": "image",
  "高客單": "image",
  "image": "image",
  "brand": "image",
  "钩子": "traffic",
  "钩子款": "traffic",
  "宠粉": "welfare",
  "宠粉款": "welfare",
  "利润": "profit",
  "利润款": "profit",
  "利润品": "profit",
  "高客单": "image"
}

export type ClientMessage = Subscribe | Unsubscribe | Here | Ping

export type ServerMessage = Snapshot | Patch | CaughtUp | Present | Pong | RefusedMessage

/** A person who can, in which role; `on_duty` in it, None where the show had no roster. */
export interface Able {
  person_id: string
  name: string
  role: string
  on_duty: boolean | null
}

/**
 * Take over what one was offered; `said_back` says in one's own words what that is: of a shift, three things.
 *
 * `sheet_seq`: the seq of the hand-over sheet one has read, 0 for as it stands.
 */
export interface AcceptRole {
  offer_id: string
  said_back: string[]
  sheet_seq?: number
}

/**
 * One person: sessions open, the last use of any (ms UTC, 0 none), whether a code or a passkey stands beside the password.
 *
 * `address`: the mail address at the company by which they are expected; `languages` and `contact` as they said themselves.
 */
export interface AccountLine {
  person_id: string
  sessions: number
  seen_at: number
  step: boolean
  address: string
  languages: string
  contact: string
}

/** Everybody who is signed in or has a second step. */
export interface Accounts {
  people: AccountLine[]
}

/** What is asked of whom (`name`): the message of `who` in a show, its `stage`, and whose it is now (`by`, "" nobody's; `mine`: of whom it asks). */
export interface AckPage {
  name: string
  show: string
  who: string
  text: string
  tag: string
  urgent: boolean
  stage: 'done' | 'open' | 'plain' | 'taken' | 'withdrawn'
  by: string
  mine: boolean
}

/** Somebody took it by the link in it. */
export interface AcknowledgeLetter {
  letter_id: string
  person_id: string
}

/**
 * View `moderation.log`, key action_id: an action of a person, or a mute by a list (`by` "system"); newest 300.
 *
 * `what`: hidden, released, muted, unmuted, slowed, words_added, words_removed, phrases_allowed, phrases_disallowed; `names`
 * the first few people, words or texts it was about, `count` all of them. `seconds` of slow mode, `until` of a mute (ms
 * UTC, None for the rest of the show). `platform`: "" not asked, asked, done, or the code of its refusal; `platform_by` did it
 * there by hand at `platform_at`, "" where the platform spoke for itself.
 * `undone_by` took it back at `undone_at`; `undoes`: this one took that one back.
 */
export interface ActionRow {
  at: number
  by: string
  what: 'hidden' | 'muted' | 'phrases_allowed' | 'phrases_disallowed' | 'released' | 'slowed' | 'unmuted' | 'words_added' | 'words_removed'
  source: string
  names: string[]
  count: number
  seconds: number
  until: number | null
  platform: string
  undone_by: string
  undone_at: number | null
  undoes: string
  platform_by: string
  platform_at: number | null
}

/** Who did it, acting in which role, under which duty of the charter. */
export interface Actor {
  id: string
  role: string
  duty: string
}

/** Put an unplanned cue after the one on air and go to it at once. */
export interface AdLibCue {
  cue_id: string
  title: string
  duration_ms: number
  product_id?: string | null
}

/** Put a cue after another (None: first). */
export interface AddCue {
  cue: CueGiven
  after_cue_id?: string | null
}

/** Add a person with roles; the invitation link is made by the sign-in routes. */
export interface AddPerson {
  person_id: string
  name: string
  roles: string[]
}

/** Put a product on the list. `currency` "": the show's, or TWD in the workspace's catalogue. */
export interface AddProduct {
  product: ProductSheet
  currency?: string
}

/** Add something to do for this show. `carried`: from another show, and who left since is left out. */
export interface AddTask {
  task_id: string
  task: TaskGiven
  carried?: boolean
}

/** Give the cue on air more time, or less. */
export interface AddTime {
  delta_ms: number
}

/** Put the usual advertising, fraud and abuse into the word list; what was removed by hand stays away. */
export interface AddUsualWords {
  action_id: string
}

/** Put lines into the word list, or change them (the same rule_id). It holds at once, in every show that is not over. */
export interface AddWords {
  action_id: string
  rules: NewWord[]
}

/** The house's answer to going on air, and to `charter.take`: the show goes by this version, all of which is told. */
export interface AdoptCharter {
  version: number
  charter?: Charter | null
}

/** Yes, for the roles one holds of those that were asked: when nobody else is waited for it runs as who asked, against how things stand then. */
export interface AgreeToAsked {
  request_id: string
}

/** Go on air. */
export type AirShow = Record<string, never>

/**
 * View `alarm.board`, key alarm_id. `state`: armed, holding (beyond its limit, not yet for long enough), raised, cooling.
 *
 * `value` is the figure in the newest sample (seq `sample_seq`), `limit` where the alarm begins, `compared` what that is a
 * share of; None while nobody can say. `since`: beyond the limit since then.
 */
export interface AlarmRow {
  rule: AlarmRule
  state: 'armed' | 'cooling' | 'holding' | 'raised'
  value: number | null
  limit: number | null
  compared: number | null
  since: number | null
  raised_at: number | null
  raise_id: string
  sample_seq: number
}

/**
 * When to speak up: a figure of a window stands below or above its limit for `hold_s` seconds.
 *
 * The limit is `threshold` itself (against `value`, in the figure's unit), or that share of the ten minutes before, of the
 * median of the workspace's last seven shows, or of the target for this point of the show. After it cleared it is
 * quiet for `cool_s`. `move` is what it offers: promo (a price or gift), reorder (bring a cue forward), coupon (the host
 * gives one out), pin (the product card), answer (the top doubt, by the host), ads (put money on).
 */
export interface AlarmRule {
  alarm_id: string
  metric: string
  window: 'last_10' | 'now' | 'whole'
  side: 'above' | 'below'
  against: 'median_7' | 'prev_10' | 'target' | 'value'
  threshold: number
  hold_s: number
  cool_s: number
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
}

/** A viewer whose pseudonym or name is like what was typed. */
export interface AlikeViewer {
  viewer: string
  name: string
}

/** Never again for these phrases; what was hidden only for them is shown again. */
export interface AllowPhrases {
  action_id: string
  phrases: string[]
}

/** View `moderation.allowed`, key the phrase: where it stands, no word of the list is meant. */
export interface AllowedRow {
  phrase: string
  at: number
}

/** Note that a promo was proposed because of this alarm. */
export interface AnswerAlarm {
  raise_id: string
  promo_id: string
}

/** Mark a comment as answered; `also`: with everybody who asked the same and still waits. */
export interface AnswerComment {
  comment_ref: string
  answer?: string
  also?: boolean
}

/** Answer whoever comes. */
export interface AnswerLine {
  offer_id: string
  line: string
  answer: string
}

/** Answer for a role that I am in. `reason`: why you must wait for me. `asked_at` of the call that is answered: no other one is meant; 0 the one there is. */
export interface AnswerStandby {
  cue_id: string
  role_id: string
  answer: 'ready' | 'seen' | 'wait'
  asked_at?: number
  reason?: string
}

/** Note that a buyer was told that more was promised than there is, or (`done=False`) that it was not. */
export interface Apologise {
  product_id: string
  buyer: string
  done?: boolean
}

/** Approve somebody else's move; it is carried out at once. */
export interface ApproveMove {
  move_id: string
}

/** Approve somebody else's proposal; with `toss` a coin says whether now, or ten minutes later by itself. */
export interface ApprovePromo {
  promo_id: string
  toss?: boolean
}

/** Approve what the coin put off and whose time has come (a timer's command). */
export type ApproveTossed = Record<string, never>

/** What one product did in a window of `window_ms`: orders placed in it, how many of these are paid by now, and clicks. None is what no source told of. */
export interface Around {
  window_ms: number
  orders_paid: number | null
  gmv_paid_minor: number | null
  clicks: number | null
  orders_created: number | null
  gmv_created_minor: number | null
}

/** Ask whoever leaves about a line of the hand-over sheet. */
export interface AskLine {
  offer_id: string
  line: string
  question: string
}

/** Ask a second step of all who may pay or manage people, so many days from now; or (`asked` False) of nobody. */
export interface AskSecondStep {
  asked: boolean
  grace_days?: number
}

/**
 * Warn of cues, or ask for standby: of `roles`, or where none are given of those the cue has something for.
 *
 * What is asked already goes on as it stands, with what was answered; `again` is the `asked_at` of the call that whoever asks saw, to begin it anew.
 */
export interface AskStandby {
  cue_ids: string[]
  word?: 'standby' | 'warning'
  roles?: string[]
  again?: number
}

/** What to hand to the browser: `options` (JSON of WebAuthn), and the `ask` that goes with its answer. */
export interface Asked {
  ask: string
  options: string
}

/** What was asked about a line of the sheet, and the answer, "" while there is none. */
export interface AskedLine {
  line: string
  question: string
  answer: string
}

/** Put a person on duty in a role, called so many seconds before the planned start, with a stand-in ("": nobody); said again it changes both. */
export interface AssignPerson {
  role_id: string
  person_id: string
  call_before_s?: number
  stand_in_id?: string
}

/**
 * One thing a viewer did.
 *
 * `at` is platform time (ms UTC), 0 or left out: the moment it is told; `viewer` a pseudonymous id of the platform; `count` for likes and impressions;
 * `message_id` makes it once only. `view` is a product shown to a viewer, `join` joining the fan club. `impression` is the
 * room shown `count` times to people nobody knows, so it alone has no viewer. `flow` says where the viewer came from.
 * There are many of them and they hold only texts and numbers, so the garbage collector need not look.
 */
export interface AudienceItem {
  kind: 'click' | 'comment' | 'enter' | 'follow' | 'impression' | 'join' | 'leave' | 'like' | 'share' | 'view'
  at?: number
  viewer?: string
  text?: string
  name?: string
  product_id?: string
  count?: number
  message_id?: string
  flow?: '' | 'activity' | 'ads' | 'feed' | 'follow' | 'mall' | 'natural' | 'nearby' | 'other' | 'private' | 'profile' | 'promote' | 'public' | 'search' | 'square' | 'video'
}

/** What happened `at` (ms UTC): `what` it was and how that is `said`, to whom (`subject`, person or token id), `by` whom, from where; `roles` given. */
export interface AuditLine {
  at: number
  what: string
  said: string
  subject: string
  by: string
  address: string
  device: string
  roles: string[]
}

/** Newest first; `next_before` reads on, None at the end. What of sign-ins is older than `kept_days` or beyond `kept_most` is let go of. */
export interface AuditPage {
  lines: AuditLine[]
  next_before: number | null
  kept_days: number
  kept_most: number
}

/** The source is there and has nothing to say: a quiet room is no outage. `tells_leaves`: as of audience.seal. */
export interface BeatSource {
  source: string
  room?: string
  tells_leaves?: boolean
}

/** They leave the house now. */
export interface BeginLetters {
  letter_ids: string[]
}

/** What else began (or ended, or ran out) near a move: the title of a cue or draw, the kind of a move, else the product's name. */
export interface Beside {
  kind: 'cue' | 'draw' | 'move' | 'pin' | 'promo' | 'promo_end' | 'sold_out'
  name: string
}

/** Leave an account out (staff, or barred), or let it in again. */
export interface BlockBuyer {
  buyer: string
  blocked: boolean
}

/** Say that it cannot go on: why, and on whom it waits. */
export interface BlockTask {
  task_id: string
  why: string
  whom?: string
  on_person_id?: string
}

/** View `bridge.list`, key bridge_id: a way to a messenger, and what goes over it. */
export interface BridgeRow {
  bridge_id: string
  kind: 'dingtalk' | 'feishu' | 'line' | 'slack' | 'webhook' | 'wecom'
  name: string
  wants: 'all' | 'asked' | 'urgent'
  reserve: boolean
  language: 'en' | 'zh-Hans' | 'zh-Hant'
  paused: boolean
}

/** View `claim.buyers`, key `source/pseudonym`: the 400 who were heard last, newest entry first, 12 at most. */
export interface BuyerRow {
  name: string
  blocked: boolean
  last_at: number
  entries: HistoryEntry[]
}

/** What the browser answered when it was asked (JSON of WebAuthn). */
export interface ByPasskey {
  ask: string
  credential: string
}

/** The path to subscribe to. It is shown this once; a new one ends the one before. */
export interface CalendarAddress {
  path: string
}

/** Whether somebody may subscribe to the caller's calendar now. */
export interface CalendarNow {
  open: boolean
}

/** Give back what a claim still holds or waits for. */
export interface CancelClaim {
  claim_id: string
}

/** Call a draw off before it was run. */
export interface CancelDraw {
  draw_id: string
  reason?: string
}

/** Ask that an order be cancelled in its shop, and say why. It waits until somebody did it there, or the shop says that it is so. */
export interface CancelOrder {
  platform: string
  order_id: string
  reason: string
}

/**
 * View `order.cancels`, key `platform/order_id`: an order that somebody wants cancelled, and how it stands itself (`state`).
 *
 * `stage`: waiting (for the back office), done, refused (for the reason `why`). `settled_by` "" of a done one: the shop told so. Times in ms UTC;
 * `people` as in `order.latest`.
 */
export interface CancelRow {
  platform: string
  order_id: string
  buyer: string
  people: string
  lines: OrderLine[]
  amount_minor: number
  currency: string
  state: 'cancelled' | 'created' | 'paid' | 'refunded'
  stage: 'done' | 'refused' | 'waiting'
  reason: string
  asked_by: string
  asked_at: number
  settled_by: string
  settled_at: number | null
  why: string
}

/** The rows that changed while the line was lost, which was `missed` events. */
export interface CaughtUp {
  type: 'caught_up'
  stream: string
  after: number
  missed: number
  seq: number
  at: number
  views: Record<string, Table>
}

/** One cell, as it was and as it is now; None for an empty one. */
export interface CellChange {
  duty_id: string
  role_id: string
  was: 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X' | null
  cell: 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X' | null
}

/** One cell, as it was and as it is now; None for an empty one. */
export interface CellChangeGiven {
  duty_id: string
  role_id: string
  was?: 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X' | null
  cell?: 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X' | null
}

/** Set cells of the draft, all or none; each says what it was, so that nobody overwrites what they have not seen. */
export interface ChangeCells {
  changes: CellChangeGiven[]
}

/** Set the roles a person may hold. The last owner keeps `owner`. */
export interface ChangeRoles {
  person_id: string
  roles: string[]
}

/** View `workspace.changes`, key the event's seq: `what` (the fact's type) `by` did `at` (ms UTC) to a person or token (`subject`, "" to all); with these roles. */
export interface ChangeRow {
  seq: number
  at: number
  what: string
  subject: string
  by: string
  roles: string[]
}

/**
 * Roles in the order of precedence (who holds several acts in the first that carries a duty), duties, and what is kept apart.
 *
 * `knows`: the commands of people there were when it was published; of those that came later it says nothing, and the fixed table does.
 */
export interface Charter {
  roles: CharterRoleGiven[]
  duties: CharterDutyGiven[]
  separations?: Separation[]
  knows?: string[]
}

/**
 * One duty, in the phases of a show in which it is due; `cells` by role_id.
 *
 * `grants` are the duties of commands that R and A may give with it, `reads` those of views that also C and I may look at. `evidence` are
 * facts that prove it was done, `proof` the same in the team's words; `within_s`: how soon (s) after what calls for it, 0 no deadline;
 * `ahead_s`: how long (s) before going on air it must be done, 0 no such time. `split` says how two who do it share it. `contested`:
 * teams quarrel about it. `emergency`: must not hang on one person.
 */
export interface CharterDuty {
  duty_id: string
  title: string
  phases: ('after' | 'before' | 'on_air')[]
  grants: string[]
  reads: string[]
  evidence: string[]
  proof: string
  skill: string
  split: string
  within_s: number
  ahead_s: number
  contested: boolean
  emergency: boolean
  cells: Record<string, 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X'>
}

/**
 * One duty, in the phases of a show in which it is due; `cells` by role_id.
 *
 * `grants` are the duties of commands that R and A may give with it, `reads` those of views that also C and I may look at. `evidence` are
 * facts that prove it was done, `proof` the same in the team's words; `within_s`: how soon (s) after what calls for it, 0 no deadline;
 * `ahead_s`: how long (s) before going on air it must be done, 0 no such time. `split` says how two who do it share it. `contested`:
 * teams quarrel about it. `emergency`: must not hang on one person.
 */
export interface CharterDutyGiven {
  duty_id: string
  title?: string
  phases: ('after' | 'before' | 'on_air')[]
  grants?: string[]
  reads?: string[]
  evidence?: string[]
  proof?: string
  skill?: string
  split?: string
  within_s?: number
  ahead_s?: number
  contested?: boolean
  emergency?: boolean
  cells?: Record<string, 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X'>
}

/**
 * Views `charter.draft` and `charter.duties`, key duty_id: a duty at its `place`.
 *
 * `changed`: roles whose cell differs from what is published, or from the preset while nothing is; `written`: the duty is new.
 */
export interface CharterDutyRow {
  place: number
  duty: CharterDuty
  changed: string[]
  written: boolean
}

/** View `charter.effects`, key `role/duty/sign`: what people of a role gain or lose when the draft is published. */
export interface CharterEffectRow {
  role: string
  duty: string
  gained: boolean
  phases: ('after' | 'before' | 'on_air')[]
}

/** View `charter.findings`, key the finding's: what is wrong with the draft, or, while nobody drafts, with what stands. `cells` are (duty_id, role_id); `fix` empty where people must think. */
export interface CharterFindingRow {
  place: number
  kind: 'accountable' | 'gap' | 'lost' | 'no_evidence' | 'orphan_command' | 'orphan_duty' | 'overlap' | 'overload' | 'separation' | 'single_point' | 'too_few' | 'unreachable' | 'vacant'
  stops: boolean
  duties: string[]
  roles: string[]
  people: string[]
  cells: [string, string][]
  phase: 'after' | 'before' | 'on_air' | null
  number: number
  fix: CellChange[]
}

/** View `charter.head`, one row, key `charter`: the version the house goes by, and whether a draft stands; by whom and when (ms UTC). */
export interface CharterHeadRow {
  version: number
  summary: string
  published_by: string
  published_at: number
  drafting: boolean
  preset: string
  drafted_by: string
  drafted_at: number
  changed_seq: number
  stops: number
  unsigned: number
}

/** What a sheet says otherwise than the draft, to be sent as commands once somebody said yes; and the report of what was understood. */
export interface CharterImport {
  report: ImportReport
  roles: RoleEdit[]
  duties: DutyEdit[]
  cells: CellChange[]
}

/** A role people hold. `name` is the team's own word, "" the house's. `stands_in`: roles whose work it takes when nobody else can. */
export interface CharterRole {
  role_id: string
  name: string
  consoles: string[]
  stands_in: string[]
}

/** A role people hold. `name` is the team's own word, "" the house's. `stands_in`: roles whose work it takes when nobody else can. */
export interface CharterRoleGiven {
  role_id: string
  name?: string
  consoles?: string[]
  stands_in?: string[]
}

/** Views `charter.draft_roles` and `charter.roles`, key role_id: a role at its `place`, and who holds it. */
export interface CharterRoleRow {
  place: number
  role: CharterRole
  people: string[]
}

/** The house's own words in the language of who asks: of duties by duty_id (commands too), and how each is proven, with which skill, shared how. */
export interface CharterWords {
  duties: Record<string, string>
  proofs: Record<string, string>
  skills: Record<string, string>
  splits: Record<string, string>
  roles: Record<string, string>
}

/** Say that one is here. */
export type CheckIn = Record<string, never>

/** One line of a checklist. */
export interface CheckLine {
  line_id: string
  text: string
}

/** Watch a figure. */
export interface ChooseAlarm {
  rule: AlarmRule
}

/** Sort the comments of this show with these weights from now on (done by a follower, not by people). */
export interface ChooseModel {
  version: string
  weights: string
}

/** Watch what the trade watches: those of the usual alarms that are not chosen yet. */
export type ChooseUsualAlarms = Record<string, never>

/**
 * Enter a claim for a buyer, from a comment the grammar did not understand or from anywhere else.
 *
 * The window and repeats do not matter; stock does, and the buyer's limit unless `beyond_limit`. A product that is closed and an
 * account that is left out are refused, unless `anyway`; a comment that has its claim already, unless `again`.
 */
export interface ClaimByHand {
  buyer: string
  product_id: string
  variant?: string
  quantity?: number
  name?: string
  comment_ref?: string
  text?: string
  beyond_limit?: boolean
  again?: boolean
  anyway?: boolean
}

/** The secret part of a one-time link. */
export interface ClaimLink {
  link: string
}

/**
 * View `claim.numbers`: units, key `all` and `product/<id>`; with amounts, key `currency/<code>`. Four numbers, never one.
 *
 * `claimed` ever held, or bought while it waited; of these `checked_out` went into an order, `paid` were paid, `cancelled` came back (`expired` of them
 * because the hold was over). `waits` now; `refused` orders that got nothing. Amounts only where there is one currency.
 */
export interface ClaimNumbersRow {
  claimed: number
  checked_out: number
  paid: number
  cancelled: number
  expired: number
  waits: number
  refused: number
  currency: string
  claimed_minor: number
  checked_out_minor: number
  paid_minor: number
  cancelled_minor: number
}

/**
 * View `claim.claims`, key claim_id, newest 300. Units: `held` now, `waits` in the queue, `out` in an order, `paid`, `released`.
 *
 * `state` is held, waiting, checked_out, paid, gone or none (nothing was ever held: see `rule`).
 */
export interface ClaimRow {
  at: number
  ref: string
  buyer: string
  name: string
  text: string
  product_id: string
  variant: string
  asked: number
  rule: 'already_claimed' | 'ask_order' | 'ask_quantity' | 'ask_variant' | 'blocked' | 'by_hand' | 'cancel_off' | 'cancelled' | 'claimed' | 'claimed_part' | 'limit_cut' | 'nothing_to_cancel' | 'over_limit' | 'product_closed' | 'repeated' | 'sold_out' | 'waitlisted' | 'window_closed'
  price_minor: number | null
  currency: string
  held: number
  waits: number
  out: number
  paid: number
  released: number
  hold_until: number
  state: 'checked_out' | 'gone' | 'held' | 'none' | 'paid' | 'waiting'
}

/**
 * View `rundown.clock`: when each cue starts, by the plan and as projected, cut so that an edit tells one block.
 *
 * Keys: `0`, `1`, ... carry `length_ms` of 32 cues each in rank order, as projected (0 when skipped; as it ran above the
 * cue on air). `projected` carries `begins_at` (ms UTC, where cue 0 starts) and the marks. A screen adds up: each cue
 * starts where the one above ends, plus the `wait_ms` of its mark if it has one.
 * A mark is (place in rank order, wait_ms, slack_ms, overlap_ms). `slack_ms` holds from that cue down to the next mark (0 above
 * the first): how much lateness is absorbed before the cue moves, -1 when it never moves (below a hard start, or done); a running
 * overrun of `x` ms shows as `projected + max(0, x - slack)`. `overlap_ms` > 0: the cues above run into this hard start.
 * `planned` and `planned 0`, `planned 1`, ... say the same of the plan; a `planned` block that is not there equals the
 * projected one. After the first GO the plan is the one that stood then.
 */
export interface ClockRow {
  begins_at: number
  length_ms: number[]
  marks: [number, number, number, number][]
}

/** Freeze who takes part; done by itself when the time is over. */
export interface CloseDraw {
  draw_id: string
}

/** As the last of the night leave one's role to the house, with `lines` for whoever comes next. */
export interface CloseRole {
  role_id: string
  lines?: string[]
}

/** Comments are no orders from now on. */
export type CloseWindow = Record<string, never>

/** A code of the app, or one to recover with. */
export interface Code {
  code: string
}

/** Codes to recover with, shown this once; each is good once. */
export interface Codes {
  codes: string[]
}

/**
 * View `comment.counts`, key `all`: exact counts of the whole show, whatever the window holds.
 *
 * `hidden`: by moderation now; `last_minute`: comments of the sixty seconds that end with the newest second heard of,
 * or with the last heartbeat or sample of the figures: it falls when the chat is quiet.
 */
export interface CommentCountRow {
  comments: number
  questions: number
  orders: number
  aftersales: number
  praise: number
  spam: number
  answered: number
  hidden: number
  last_minute: number
}

/**
 * Comments in the order of the log.
 *
 * `older` and `newer` are where to go on (`before=`, `after=`), None at the ends of the show. A page may be short, even
 * empty, and still have a next one: it looked as far as `looked_from_at` and `looked_to_at` (ms UTC, the server's clock).
 */
export interface CommentPage {
  rows: FoundComment[]
  older: string | null
  newer: string | null
  looked_from_at: number | null
  looked_to_at: number | null
}

/**
 * View `comment.window`, key `seq:index`, newest 300 of the show.
 *
 * `kind` is question, order, aftersales, praise, spam or other; `product_id` the product it was about when it came, "" if
 * none; `corrected` when a person said so; `state` is open, handed, replying, reply_failed, answered or dismissed. `held`
 * is why moderation hid it (word, mute, slow, hand) or marked it (mark), "" when it did not.
 */
export interface CommentRow {
  at: number
  viewer: string
  name: string
  text: string
  source: string
  kind: 'aftersales' | 'order' | 'other' | 'praise' | 'question' | 'spam'
  product_id: string
  state: 'answered' | 'dismissed' | 'handed' | 'reply_failed' | 'replying' | 'open'
  corrected: boolean
  held: 'hand' | 'mark' | 'mute' | 'slow' | 'word' | ''
}

/** Who may win, beside having written the keyword in time. `staff` are accounts (`source/pseudonym`) that never do. */
export interface Conditions {
  followed: boolean
  bought: boolean
  not_won: boolean
  staff: string[]
}

/** Who may win, beside having written the keyword in time. `staff` are accounts (`source/pseudonym`) that never do. */
export interface ConditionsGiven {
  followed?: boolean
  bought?: boolean
  not_won?: boolean
  staff?: string[]
}

/** Say that it was cancelled in the shop's back office: from now on it counts as cancelled. */
export interface ConfirmCancel {
  platform: string
  order_id: string
}

/** The shop says the promo is on (a connector's command). */
export interface ConfirmPromo {
  promo_id: string
}

/** The shop says the promo is off (a connector's command). */
export interface ConfirmPromoEnd {
  promo_id: string
}

/** The platform took the reply. */
export interface ConfirmReply {
  reply_id: string
}

/**
 * View `rundown.conflicts`, key cue_id of a hard start that the cues above run into.
 *
 * `fixes` are edits that close it, each with the value to set: `move_hard_start` and `move_governing_start` a `start_at`
 * (ms UTC), `change_duration` a `duration_ms`.
 */
export interface ConflictRow {
  cue_id: string
  overlap_ms: number
  fixes: Fix[]
}

/**
 * Say what a comment is, and what it is about ("" for nothing, null to leave it). The same word again is no news.
 *
 * `also`: it holds for everybody who asked the same and still waits.
 */
export interface CorrectComment {
  comment_ref: string
  kind: 'aftersales' | 'order' | 'other' | 'praise' | 'question' | 'spam'
  product_id?: string | null
  also?: boolean
}

/** So many of what a source handed in were refused at the door, by the code of the reason: for its lamp. */
export interface CountRefused {
  source: string
  room?: string
  codes: Record<string, number>
}

/** A number and the newest of its events, at most 30. */
export interface Counted {
  count: number
  events: Opened[]
}

/**
 * Money off for buyers who take it: an amount in minor units, or a share of the price in basis points (1 % = 100), never both.
 *
 * `name` is what it is called; `code` what buyers type, "" when they tap. It holds for orders worth `min_spend_minor` or more,
 * `quantity` times (None: as often as it is taken), until `until` (ms UTC; None: until somebody ends it). One that `lasts_ms` gets its
 * `until` when it is approved: nobody knows before how long that takes.
 */
export interface Coupon {
  name: string
  code: string
  amount_minor: number | null
  percent_bp: number | null
  min_spend_minor: number
  quantity: number | null
  until: number | null
  lasts_ms: number | null
}

/**
 * Money off for buyers who take it: an amount in minor units, or a share of the price in basis points (1 % = 100), never both.
 *
 * `name` is what it is called; `code` what buyers type, "" when they tap. It holds for orders worth `min_spend_minor` or more,
 * `quantity` times (None: as often as it is taken), until `until` (ms UTC; None: until somebody ends it). One that `lasts_ms` gets its
 * `until` when it is approved: nobody knows before how long that takes.
 */
export interface CouponGiven {
  name?: string
  code?: string
  amount_minor?: number | null
  percent_bp?: number | null
  min_spend_minor?: number
  quantity?: number | null
  until?: number | null
  lasts_ms?: number | null
}

/** A person on this show, as known when the crew was set. */
export interface CrewMember {
  person_id: string
  name: string
  roles: string[]
}

/**
 * One step of the rundown.
 *
 * `start_mode`: soft follows the cue above, earlier or later; hard starts at `start_at` whatever happens above;
 * gap has a planned `start_at`, absorbs lateness in the gap above it and is never pulled earlier; count_to_end is soft
 * at its start, but ends at `start_at + duration_ms` of the plan and absorbs what the cues above lost.
 * `start_at` is an instant (ms UTC), given for hard, gap and (as the planned start) count_to_end; None for soft.
 */
export interface Cue {
  cue_id: string
  title: string
  duration_ms: number
  cue_type: 'break' | 'draw' | 'interaction' | 'product' | 'promo'
  start_mode: 'count_to_end' | 'gap' | 'hard' | 'soft'
  start_at: number | null
  product_id: string | null
  item_type: string
  mechanism: string
  host_lines: string[]
  proof: string
  assistant_action: string
  operations_action: string
  tech_action: string
  must_not_say: string[]
  fallback: string
  goal_gmv_minor: number | null
  extra: Record<string, string>
}

/** One field of a cue: what the editor saw and what it shall be. */
export interface CueChange {
  field: string
  was: unknown
  to: unknown
}

/**
 * View `metric.cues`, key cue_id: what was created and paid while the cue was on air, over all its passes.
 *
 * Orders belong to the cue that was on air when they were placed, whenever they are told or paid. Comments and viewers count by platform
 * time; `uv` are those who were in the room while it was on air, or did anything then; while nobody tells who goes, as if nobody did. `on_air_ms` of the cue on air runs to the newest event.
 * None is what no source tells of. `mixed`: `conversion` is of two crowds, as a tile says it: None where it is no share, marked where it is one.
 */
export interface CueFigureRow {
  cue_id: string
  orders_created: number | null
  orders_paid: number | null
  gmv_created_minor: number | null
  gmv_paid_minor: number | null
  comments: number | null
  uv: number | null
  on_air_ms: number
  enters: number | null
  clicks: number | null
  buyers: number | null
  conversion: number | null
  gmv_per_hour_minor: number | null
  mixed: boolean
}

/**
 * One step of the rundown.
 *
 * `start_mode`: soft follows the cue above, earlier or later; hard starts at `start_at` whatever happens above;
 * gap has a planned `start_at`, absorbs lateness in the gap above it and is never pulled earlier; count_to_end is soft
 * at its start, but ends at `start_at + duration_ms` of the plan and absorbs what the cues above lost.
 * `start_at` is an instant (ms UTC), given for hard, gap and (as the planned start) count_to_end; None for soft.
 */
export interface CueGiven {
  cue_id: string
  title: string
  duration_ms: number
  cue_type?: 'break' | 'draw' | 'interaction' | 'product' | 'promo'
  start_mode?: 'count_to_end' | 'gap' | 'hard' | 'soft'
  start_at?: number | null
  product_id?: string | null
  item_type?: string
  mechanism?: string
  host_lines?: string[]
  proof?: string
  assistant_action?: string
  operations_action?: string
  tech_action?: string
  must_not_say?: string[]
  fallback?: string
  goal_gmv_minor?: number | null
  extra?: Record<string, string>
}

/** What a cue's kept words name: the product, and what of them is left; it stands while they still read `extra_was`. */
export interface CueLink {
  cue_id: string
  product_id: string
  cue_type: 'break' | 'draw' | 'interaction' | 'product' | 'promo'
  proof: string
  extra: Record<string, string>
  extra_was: Record<string, string>
}

/** View `rundown.cues`, key cue_id; sort by `rank`. `status` is planned, live, done or skipped; times of the last pass on air. */
export interface CueRow {
  cue: Cue
  rank: string
  status: 'done' | 'live' | 'planned' | 'skipped'
  skipped: boolean
  went_at: number | null
  ended_at: number | null
  passes: number
}

/** Decide the comments of one batch (by a reaction, not by people). */
export interface DecideClaims {
  batch: number
}

/** Say that the show is ready: nothing that is required is missing. */
export type DeclareReady = Record<string, never>

/** View `readiness.declared`, one row, key `ready`, once somebody said it: who and when (ms UTC), for which `reason` though `missing` was. */
export interface DeclaredRow {
  by: string
  at: number
  missing: Missing[]
  reason: string
}

/** No, and why: who asked is told. */
export interface DeclineAsked {
  request_id: string
  reason: string
}

/** Do not take what one was offered. */
export interface DeclineRole {
  offer_id: string
  reason?: string
}

/**
 * View `claim.desk`, key `all`: how this show takes claims, and whether comments are orders at this moment.
 *
 * `chosen`: somebody said how. `missed` comments ordered something while the show took no claims, the first at `missed_at`; `early`
 * ordered before it went on air, `unkept` on air but beyond what is kept.
 */
export interface DeskRow {
  policy: Policy
  window_open: boolean
  taking: boolean
  since: number
  chosen: boolean
  missed: number
  missed_at: number | null
  early: number
  unkept: number
}

/** These phrases excuse no word any more. */
export interface DisallowPhrases {
  action_id: string
  phrases: string[]
}

/** Take a comment off the list of open questions; `also`: with everybody who asked the same and still waits. */
export interface DismissComment {
  comment_ref: string
  also?: boolean
}

/**
 * What a person did of a duty in a role; `cell` of that role in the charter then in force, None where it has none.
 *
 * `as_written`: the cell says that this role does it. `stood_in`: of these, while somebody else was on duty in that role.
 */
export interface DoneBy {
  person_id: string
  role: string
  cell: 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X' | null
  as_written: boolean
  done: Counted
  stood_in: Counted
}

/** A question buyers often ask, with the approved answer ("" while nobody wrote one). */
export interface Doubt {
  question: string
  answer: string
}

/** A question buyers often ask, with the approved answer ("" while nobody wrote one). */
export interface DoubtGiven {
  question: string
  answer?: string
}

/** Begin a draft from a preset: a team of seven, four or two, the house's fixed table, or what is published. A draft that stands gives way. */
export interface DraftCharter {
  preset: 'fixed' | 'four' | 'published' | 'seven' | 'two'
}

/**
 * Everything a stranger needs to check a draw; docs/draws.md says how.
 *
 * Times are ms UTC: `closes_at` was said, `closed_at` is when it really closed, `listed_at` when the list was frozen.
 */
export interface DrawFile {
  format: string
  show_id: string
  draw_id: string
  title: string
  keyword: string
  opens_at: number
  closes_at: number
  closed_at: number
  listed_at: number
  seed_by: 'house' | 'team' | 'unknown'
  prizes: Prize[]
  conditions: Conditions
  commitment: string
  beacon_source: string
  entrants: Entrant[]
  excluded: Entrant[]
  entrants_hash: string
  seed: string
  beacon: string
  winners: Winner[]
  dropped: Record<string, string>
  passed: Passed[]
  redraws: Redraw[]
}

/**
 * View `draw.board`, key = draw_id.
 *
 * `stage`: prepared, open, closed, drawn or cancelled. `entries` wrote the keyword so far; after closing, `entrants` of
 * them take part and `excluded` counts the others by reason. `winners` in order; `dropped` ranks did not take their
 * prize. `seed` is "" until the draw is run; times are ms UTC. `drawn_at`: when the list of winners last changed.
 *
 * `closes_at` was said, `closed_at` is when it really closed and `listed_at` when the list was frozen. `seed_by` house, team or
 * unknown: a team that knows the seed, and mixes in no public value, could have chosen. `passed`: names of those who won in
 * another draw after the list was frozen.
 */
export interface DrawRow {
  title: string
  keyword: string
  stage: 'cancelled' | 'closed' | 'drawn' | 'open' | 'prepared'
  minutes: number
  prizes: Prize[]
  followed: boolean
  bought: boolean
  not_won: boolean
  opens_at: number | null
  closes_at: number | null
  closed_at: number | null
  listed_at: number | null
  drawn_at: number | null
  entries: number
  entrants: number | null
  excluded: Partial<Record<'not_bought' | 'not_followed' | 'staff' | 'won_before', number>>
  commitment: string
  entrants_hash: string
  beacon_source: string
  beacon: string
  seed: string
  winners: Winner[]
  dropped: Record<string, string>
  reason: string
  seed_by: 'house' | 'team' | 'unknown'
  passed: string[]
}

/** Watch it no more. */
export interface DropAlarm {
  alarm_id: string
}

/** Give the draft up. */
export type DropDraft = Record<string, never>

/** Carry them no more. */
export interface DropLetters {
  letter_ids: string[]
  why: 'elsewhere' | 'late' | 'removed' | 'settled'
}

/** Take out a shift that has not begun. */
export interface DropShift {
  shift_id: string
}

/**
 * A duty of the charter: `does` the roles that do it as written today; who did it, most first; `drift` of all that was not as written.
 *
 * `seen`: the log can show it at all: it has commands, or facts that prove it. `proven`: how often such a fact happened.
 */
export interface DutyDone {
  duty_id: string
  title: string
  phases: ('after' | 'before' | 'on_air')[]
  does: string[]
  answers: string[]
  seen: boolean
  done: number
  drift: number
  stood_in: number
  proven: Counted
  by: DoneBy[]
}

/** A duty as the sheet has it, its cells too, and as the draft did (None: a new one). */
export interface DutyEdit {
  row: CharterDuty
  was: CharterDuty | null
}

/** Change fields of a cue. A stale `was` is refused with both values (rundown.edit_conflict). */
export interface EditCue {
  cue_id: string
  changes: CueChange[]
}

/** Say it otherwise; whoever wrote it alone. */
export interface EditMessage {
  message_id: string
  text: string
}

/** Change fields of a product's sheet. */
export interface EditProduct {
  product_id: string
  changes: ProductChange[]
}

/** Change the head of a show that has not ended; fields left out stay. */
export interface EditShow {
  title?: string
  starts_at?: number
  ends_at?: number
  timezone?: string
  goal_gmv_minor?: number
  theme?: string
  channel?: string
}

/** Change a task; `was` is the task as it was seen, so that nobody overwrites what they have not seen. */
export interface EditTask {
  task_id: string
  task: TaskGiven
  was: TaskGiven
}

/**
 * View `report.effects`, key promo_id: the product `WINDOW_MS` before and after the shop confirmed the promo (approval while it has not).
 *
 * An order counts in the window in which it was placed, as in the verdict beside it, whenever it was paid or told.
 * A promo that ended sooner is compared over the time it was on, as long before. No window reaches before going on air or past the end.
 */
export interface EffectRow {
  promo_id: string
  product_id: string
  approved_at: number
  applied_at: number | null
  seq: number
  before: Around
  after: Around
  ended_at: number | null
}

/** Hear those again whose time is up (done by the timers). */
export type EndMutes = Record<string, never>

/** End a promo that is on: it has run its course. Allowed after the show too. */
export interface EndPromo {
  promo_id: string
  reason?: string
}

/** End the show; what is on air stops. */
export type EndShow = Record<string, never>

/** Stand down: of one cue, or of all that are asked (""). */
export interface EndStandby {
  cue_id?: string
}

/** Enter ad spend by hand or from a file; a row whose id is known replaces the one before. */
export interface EnterSpend {
  rows: SpendRowGiven[]
  filename?: string
}

/** Somebody who wrote the keyword: `key` is `source/pseudonym`, `at` the platform time (ms UTC) of the first time. */
export interface Entrant {
  key: string
  name: string
  at: number
  why: 'not_bought' | 'not_followed' | 'staff' | 'won_before' | null
}

/**
 * View `workspace.entry`, one row, key `entry`: from when (ms UTC) on a second step is asked, None of nobody.
 *
 * And the provider of the company's accounts, `issuer` "" for none.
 */
export interface EntryRow {
  step_from: number | null
  issuer: string
  client_id: string
  label: string
  domains: string[]
  roles: string[]
  groups: string[]
}

/** Under which id the list of erasures shows how far it came. */
export interface ErasureAnswer {
  erasure_id: string
}

/** Whom to look for; with no viewer the answer names the platforms alone. */
export interface ErasureLook {
  platform?: string
  viewer?: string
}

/** A viewer, as the platform's source tells of them (pseudonym), and why their words are to be erased. */
export interface ErasureRequest {
  platform: string
  viewer: string
  reason?: string
}

/**
 * View `erasure.list` (workspace), key erasure_id: asked for by `by` at `at` (ms UTC).
 *
 * `comments` erased, `copies`: facts elsewhere that held a copy or the name, in `shows` shows. `state` is working, waiting, done or
 * failed (for the reason of the code `failure`). `waits`: shows on air that come after their end, since `waits_since` for the reason `waits_why`: "words",
 * their own are to be erased, or "file", all is erased in the logs and the file is swept when nobody is on air. `done_at` (ms UTC) None before.
 */
export interface ErasureRow {
  platform: string
  reason: string
  by: string
  at: number
  comments: number
  copies: number
  shows: number
  waits: string[]
  waits_why: 'file' | 'words' | ''
  waits_since: number | null
  state: 'done' | 'failed' | 'waiting' | 'working'
  failure: string
  done_at: number | null
}

/** Raise and clear what is due (a timer's command). */
export type EvaluateAlarms = Record<string, never>

/**
 * A fact in its place in one log.
 *
 * `seq` counts from 1 without gaps in its stream; `at` is an instant in milliseconds since 1970 UTC;
 * `cause` is the seq of the event of the same stream that led to it; `key` and `digest` stand on the
 * first event of a command that came with an idempotency key. `mode` is the same in a whole log: a rehearsal is
 * planned as one, and nothing of it may reach a platform or a chat; a simulated show has no platform and no shop but those we made up,
 * and only where nothing is real do they answer. `taking`: who did it had no right of their own to it, and took the duty in need; the
 * id of that taking.
 */
export interface Event {
  stream: string
  seq: number
  at: number
  actor: Actor
  fact: unknown
  mode?: 'live' | 'rehearsal' | 'simulated'
  cause?: number | null
  key?: string | null
  digest?: string | null
  taking?: string | null
}

/** A page of the log: read on after `next_after`; the log goes to `last_seq`. */
export interface EventPage {
  events: Event[]
  next_after: number
  last_seq: number
}

/**
 * A figure as it stood when the proposal was made: which metric, its value, unit, and the seq of the log it was read at.
 *
 * `value` None: it was not measured.
 */
export interface Evidence {
  metric: string
  value: number | null
  unit: string
  seq: number
}

/** The mail address at the company by which somebody is expected; "" for none. */
export interface ExpectedAddress {
  address: string
}

/** End what has run out of time (a timer's command). */
export type ExpirePromos = Record<string, never>

/** Who asked says what it is for, to those who are asked; "" takes it back. */
export interface ExplainAsked {
  request_id: string
  why: string
}

/** It cannot be carried out. */
export interface FailErasure {
  erasure_id: string
  code: string
}

/** The shop refused it (a connector's command): `code` such as shop.price_below_floor. */
export interface FailPromo {
  promo_id: string
  code: string
  detail?: string
}

/** The shop did not end it (a connector's command): `code` such as shop.unreachable. */
export interface FailPromoEnd {
  promo_id: string
  code: string
  detail?: string
}

/** The platform did not take the reply. */
export interface FailReply {
  reply_id: string
  code: string
}

/**
 * A metric of the whole show; ratios with numerator and denominator. `mixed`: of two crowds; without a value where that says nothing.
 *
 * `untold`: what would have to be told for it to have a value, and no source told. `partly` and `instead`: as of a tile.
 */
export interface Figure {
  value: number | null
  unit: 'count' | 'minor' | 'number' | 'ratio' | 'seconds' | 'times'
  numerator: number | null
  denominator: number | null
  events: Where
  mixed: boolean
  untold: ('buyer' | 'click' | 'comment' | 'enter' | 'everybody' | 'follow' | 'impression' | 'join' | 'leave' | 'like' | 'order' | 'share' | 'view' | 'viewer')[]
  partly: boolean
  instead: string
}

/** It is done, and how. */
export interface FinishMessage {
  message_id: string
  answer: string
}

/** The question was answered on air, or is withdrawn. */
export interface FinishQuestion {
  question_id: string
  outcome?: 'answered' | 'withdrawn'
}

/** The source has come to its end and will say no more: a replay is over, a room was closed. What it says later begins it anew. */
export interface FinishSource {
  source: string
  room?: string
}

/** Say that it is done; `evidence` is a note or a link where the task wants one. */
export interface FinishTask {
  task_id: string
  evidence?: string
}

/** One edit that closes it: for `change_duration` the value is a length in ms, else a start (ms UTC). */
export interface Fix {
  strategy: 'change_duration' | 'move_governing_start' | 'move_hard_start'
  cue_id: string
  value: number
}

/**
 * View `metric.flows`, key = flow (`none` where nobody said), see docs/metrics.md for the ratios.
 *
 * A viewer belongs to the flow of their earliest item that names one; a buyer to the viewer of the same platform and name,
 * and to `none` when no such viewer is known. `views` count by the flow of each entry.
 * None is what no source tells of: so what buyers of a flow come to, while no buyer is a viewer that is known.
 */
export interface FlowRow {
  flow: '' | 'activity' | 'ads' | 'feed' | 'follow' | 'mall' | 'natural' | 'nearby' | 'other' | 'private' | 'profile' | 'promote' | 'public' | 'search' | 'square' | 'video' | 'none'
  impressions: number | null
  views: number | null
  uv: number | null
  clicks: number | null
  buyers: number | null
  orders_paid: number | null
  gmv_paid_minor: number | null
  enter_rate: number | null
  conversion: number | null
  uv_value_minor: number | null
}

/** A comment of the history with its address `seq:index`. */
export interface FoundComment {
  at: number
  viewer: string
  name: string
  text: string
  source: string
  kind: 'aftersales' | 'order' | 'other' | 'praise' | 'question' | 'spam'
  product_id: string
  state: 'answered' | 'dismissed' | 'handed' | 'reply_failed' | 'replying' | 'open'
  corrected: boolean
  held: 'hand' | 'mark' | 'mute' | 'slow' | 'word' | ''
  ref: string
}

/**
 * A step towards paying: shown, entered (acted: who did anything, where not all sources tell who comes in), saw, clicked, ordered, paid.
 *
 * `times` it happened, to how many `people`; None where nobody can know. `through` is the share of the step before: people
 * of people, or times of times where people are unknown. `mixed`: the two are not of one crowd; None where more came than stood before.
 */
export interface FunnelStep {
  step: 'acted' | 'clicked' | 'entered' | 'ordered' | 'paid' | 'saw' | 'shown'
  times: number | null
  people: number | null
  through: number | null
  events: Where
  mixed: boolean
}

/** Copy answers of other shows into this one (done by a follower). */
export interface GiveAnswers {
  answers: KnownAnswer[]
}

/** End it before its time: who took it, or who answers for it. */
export interface GiveBack {
  taking_id: string
}

/** Go to the next cue. `expect_cue_id` is the cue the button showed: two people pressing GO at once fire once. */
export interface GoCue {
  expect_cue_id: string
}

/**
 * View `moderation.now`, key `now`: slow mode in seconds by source ("" for all), and how much is hidden, marked and muted.
 *
 * `unread`: comments that went by unread because the reader was too far behind.
 */
export interface GuardRow {
  slow: Record<string, number>
  hidden: number
  marked: number
  muted: number
  unread: number
}

/** Give a show what earlier shows came to (done by a reaction). */
export interface HandHistory {
  show_id: string
}

/** The sheet as it stood after `seq` events, at the instant `at` (ms UTC); stock is low under `under`. `withheld`: parts that the reader may not see. */
export interface HandOverSheet {
  show_id: string
  seq: number
  at: number
  under: number
  sections: SheetSection[]
  withheld: ('air' | 'crew' | 'holds' | 'open' | 'own' | 'price' | 'promised' | 'stock' | 'tried' | 'trouble')[]
}

/** Hand a question with its approved answer to the host; at most three wait at once. */
export interface HandQuestion {
  question_id: string
  text: string
  answer?: string
  comment_ref?: string | null
  product_id?: string | null
  asked_by?: string
}

/**
 * A source tells of orders: for its lamp and its clock.
 *
 * `instants`: all that it says with them, also of viewers, as it says them; else `oldest_at` and `newest_at`, the first and the last
 * of them, 0 when it says none. `placed`: those of the new orders. `tells_leaves`: as of audience.seal.
 */
export interface HearOrders {
  source: string
  room?: string
  count: number
  oldest_at?: number
  newest_at?: number
  placed?: number[]
  instants?: number[]
  tells_leaves?: boolean
}

/**
 * View `moderation.held`, key `seq:index`: a comment that is hidden or marked, newest 300.
 *
 * `why`: word (rule `rule_id`, found `how`: exact, pattern, loose, sound), mute, slow or hand; `marked`: still shown.
 * `at` is platform time, `held_at` the server's; `by` who did it, "" for a list.
 */
export interface HeldRow {
  at: number
  held_at: number
  viewer: string
  name: string
  text: string
  source: string
  why: 'mute' | 'slow' | 'word' | 'hand'
  marked: boolean
  rule_id: string
  how: '' | 'exact' | 'loose' | 'pattern' | 'sound'
  action_id: string
  by: string
}

/** The open task ahead of another that was due first, at `due_at` (ms UTC): the other will be as late as it is; whose it is. */
export interface HeldUp {
  task_id: string
  title: string
  role_id: string
  person_id: string
  due_at: number
}

/** I look at this stream in this role; `editing` is the field I have open. */
export interface Here {
  type: 'here'
  stream: string
  role?: string
  editing?: string | null
}

/** Take comments of one source off the screens; the host never sees them. */
export interface HideComments {
  action_id: string
  comment_refs: string[]
}

/**
 * One thing that happened to a buyer's claim.
 *
 * `rule` is a decision's, or expired, by_hand_released, by_buyer, replaced, offered, checked_out, paid, order_cancelled, order_reduced, order_restored; `units`
 * moved, `waits` in the queue then.
 */
export interface HistoryEntry {
  at: number
  rule: 'already_claimed' | 'ask_order' | 'ask_quantity' | 'ask_variant' | 'blocked' | 'by_hand' | 'cancel_off' | 'cancelled' | 'claimed' | 'claimed_part' | 'limit_cut' | 'nothing_to_cancel' | 'over_limit' | 'product_closed' | 'repeated' | 'sold_out' | 'waitlisted' | 'window_closed' | 'by_buyer' | 'by_hand' | 'expired' | 'oversold' | 'replaced' | 'cancelled' | 'checked_out' | 'paid' | 'reduced' | 'restored' | 'by_hand_released' | 'offered' | 'order_cancelled' | 'order_reduced' | 'order_restored'
  claim_id: string
  product_id: string
  variant: string
  asked: number
  units: number
  waits: number
  price_minor: number | null
  currency: string
  text: string
  order_id: string
}

/** Stop the countdown of the cue on air. */
export type HoldCue = Record<string, never>

/** Say that a month was gone through. */
export interface HoldReview {
  month: string
}

/**
 * View `prompter.host`, one row, key `now`. Countdown comes from `rundown.on_air`; price and stock from the product on air.
 *
 * That is the cue's, or the one that was `pinned` since. `sold_out`: nothing is left to order or claim, whatever the lines say;
 * `oversold`: units promised beyond what there is.
 * `promo_state` is "", approved (waiting for the shop), applied (what stands, all kinds together), failed, ending or taking_back
 * (still true for buyers until the shop answers), expired (a coupon's time is up, and the shop was asked to end it), ended or taken_back (the price is the sheet's again), stays (the shop did not
 * end it), or lapsed (its time was up before it was on). `promo_kind` says what moves, "" for what stands; `promos_besides`
 * are others that move, of other products those that are taken back. `points_of`: whose the lines are (a product's name, or the cue's title) where
 * something else is pinned. `stock_few`: time to say "last ones". `next_product`: the name of what the next cue shows. `gift` and `coupon` are what buyers get now, whatever moves; `unsaid`: of
 * which kinds that is being taken back.
 * `sizes`: all that have stock of their own, where at least one is gone or oversold and something is left: only those are not to be sold.
 */
export interface HostRow {
  show_state: 'ended' | 'live' | 'planned'
  cue_id: string | null
  cue_title: string
  cue_type: 'break' | 'draw' | 'interaction' | 'product' | 'promo' | ''
  host_lines: string[]
  must_not_say: string[]
  next_title: string
  product_id: string | null
  product_name: string
  list_price_minor: number | null
  price_minor: number | null
  currency: string
  stock_left: number | null
  sold_out: boolean
  promo_state: 'applied' | 'approved' | 'ended' | 'ending' | 'expired' | 'failed' | 'lapsed' | 'not_taken_back' | 'stays' | 'taken_back' | 'taking_back' | ''
  promo_price_minor: number | null
  promo_gift: string
  promo_at: number | null
  message: string
  message_at: number | null
  signal: 'green' | 'red' | 'yellow'
  pinned: boolean
  promo_kind: 'coupon' | 'gift' | 'price' | ''
  promo_coupon: Coupon | null
  gift: string
  coupon: Coupon | null
  coupon_price_minor: number | null
  oversold: number
  promos_besides: PromoSaid[]
  unsaid: ('coupon' | 'gift' | 'price')[]
  points_of: string
  stock_few: boolean
  next_product: string
  sizes: SizeLeft[]
}

/** A header as written, and the field it fills; None when it is kept under its own name or not read. */
export interface ImportColumn {
  header: string
  field: string | null
}

/** What was not understood, or decided, about one cell (`B5`; "" for a whole row). `text` is what stands there. */
export interface ImportNote {
  cell: string
  code: string
  text: string
  message: string
  data: Record<string, unknown>
}

/** Add or replace products read from a file (by product_id). `currency` as in AddProduct. */
export interface ImportProducts {
  filename: string
  currency: string
  products: ProductSheet[]
  notes?: string[]
}

/** What was understood of a file, row by row. */
export interface ImportReport {
  filename: string
  sheet: string
  header_row: number
  columns: ImportColumn[]
  rows: ImportRow[]
  imported: number
  head: Record<string, unknown>
}

/** A row of the file: `status` is ok, partial (something in it was not understood) or skipped. */
export interface ImportRow {
  row: number
  status: 'ok' | 'partial' | 'skipped'
  title: string
  notes: ImportNote[]
}

/** Append cues read from a file; `replace` first removes cues that have not been on air. */
export interface ImportRundown {
  filename: string
  cues: CueGiven[]
  notes?: string[]
  replace?: boolean
}

/** View `charter.in_force` of a show, key `charter`: the version it keeps, None while it goes by that of the house; the phase it is in. */
export interface InForceRow {
  version: number | null
  phase: 'after' | 'before' | 'on_air'
}

/**
 * Events of one source. `source` names it (a platform), `room` the room there. Items and orders may come together.
 *
 * What two sources tell of one `room` is counted once, by message id and order id; without a room these are the source's own.
 * `missed`: how many items the source knows it lost since it last said so (a full queue, a platform's own count).
 * `finished`: after these items the source is at its end; silence is then no outage. With nothing in it at all it is a sign of life:
 * a source that sends one every few seconds is known to be quiet, not broken.
 * `replies`, `moderates`: whoever hands this in also follows the log, brings replies to the platform, mutes and hides there,
 * and says what became of it (duties `comment.settle`, `moderation.settle`).
 * `tells_leaves`: it tells of everybody who goes. Of a source that tells who comes in and never who goes nobody knows who is there:
 * what is online and how long people stay are then not measured. The first `leave` says the same.
 */
export interface IngestBody {
  source: string
  room?: string
  finished?: boolean
  missed?: number | null
  replies?: boolean
  moderates?: boolean
  tells_leaves?: boolean
  items?: AudienceItem[]
  orders?: OrderItem[]
}

/**
 * What was taken; it is durable. Repeated messages and orders are left out by their ids and do no harm. `mode` says whether it was a rehearsal.
 *
 * `refused`: those that could not be taken, the others were; `words`: what each of their codes means, in the caller's language.
 */
export interface Ingested {
  items: number
  orders: number
  mode: 'live' | 'rehearsal' | 'simulated'
  refused: RefusedItem[]
  words: Record<string, string>
}

/** A one-time link, as a path of this site; valid for three days. `places`: whole, at every address that leads here, the likeliest first. */
export interface Invitation {
  link: string
  places: LinkPlace[]
}

/** Note a new API token; its secret is made and shown by the token route. `show_id` "" for all shows, `expires_at` None for no end. */
export interface IssueToken {
  token_id: string
  label: string
  roles: string[]
  show_id?: string
  expires_at?: number | null
}

/** Go to any cue, forward or back. */
export interface JumpToCue {
  cue_id: string
}

/** A show has ended: keep what its promos and moves brought. */
export interface KeepEffects {
  show_id: string
  effects: KeptEffect[]
}

/** The house made the seed of a draw that was just prepared, and keeps it. */
export interface KeepSeed {
  draw_id: string
}

/**
 * One promo or move (`ref`). `log` of the ratio of rates, and the same in units of what chance does in its show (`standard`).
 *
 * `arm`: a coin had chosen now or later; of those only the logs are compared, and only with each other.
 */
export interface KeptEffect {
  ref: string
  kind: string
  log: number
  standard: number
  arm?: '' | 'later' | 'now'
}

/** An answer that was given once: to which question, about which product ("" for all), in which show. */
export interface KnownAnswer {
  question: string
  answer: string
  product_id?: string
  show_id?: string
  show_title?: string
}

/** The house's own: the time of those who were asked is over. */
export interface LapseAsked {
  request_id: string
}

/** The house's own: its time is over. */
export interface LapseTaking {
  taking_id: string
}

/** Who of a shift's crew has not come to a role, `absent` when that was said; those who have come since are not named. */
export interface Late {
  role_id: string
  person_id: string
  absent: boolean
}

/** Say that one cannot be there: as `roster.absent`, of oneself. */
export interface LeaveDuty {
  reason?: string
}

/** What the last of an earlier show left to the house, as it stands today; `show_id` "" where nobody left anything. */
export interface LeftOver {
  show_id: string
  title: string
  sections: SheetSection[]
}

/** I cannot do it after all. */
export interface LetMessageGo {
  message_id: string
  reason: string
}

/**
 * View `outbox.letters`, key letter_id: a message on its way over a bridge, `state` since `state_at` (ms UTC); `until`: when it is tried again, 0 never.
 *
 * `tries`: how often it left the house; `code` as the messenger says it. `instead`: bridge_id of the way that took its place, "" none.
 * `acknowledged_by` (person_id): who took it by the link in it.
 */
export interface LetterRow {
  letter_id: string
  bridge_id: string
  message_id: string
  urgent: boolean
  state: 'begun' | 'confirmed' | 'elsewhere' | 'failed' | 'late' | 'limited' | 'queued' | 'removed' | 'sent' | 'settled' | 'unknown' | 'unreached'
  at: number
  state_at: number
  until: number
  tries: number
  code: string
  instead: string
  acknowledged_by: string
}

/**
 * View `effect.like`, key kind: `count` moves of it in `shows` shows that could be compared, their typical `ratio` and verdict.
 *
 * `more`: about so many further ones would tell an effect of one half more; None where they tell. Of such whose time a coin chose
 * (`tossed`) those of now are compared with those of later.
 */
export interface LikeRow {
  kind: string
  count: number
  shows: number
  ratio: number | null
  verdict: 'down' | 'no_clear_effect' | 'too_little' | 'up'
  more: number | null
  tossed: Tossed | null
}

/** Give cues of an earlier import the products they name (by what follows products that came, not by people). */
export interface LinkCues {
  links: CueLink[]
}

/**
 * A link a guest may open, and its QR code (SVG).
 *
 * `kind`: the house's public address, the one that whoever asks uses, one in a network of this machine, or one that only this machine can open.
 */
export interface LinkPlace {
  kind: 'here' | 'machine' | 'network' | 'public'
  link: string
  qr: string
}

/** Note in the list of shows how one show stands (done by a reaction, not by people). */
export interface ListShow {
  show_id: string
  title: string
  starts_at: number
  ends_at: number
  timezone: string
  state: 'ended' | 'live' | 'planned'
  rehearsal?: boolean
  simulated?: boolean
}

/** View `show.list` of the workspace stream, key show_id; view `show.going`: of these, what has not ended. */
export interface ListedShowRow {
  show_id: string
  title: string
  state: 'ended' | 'live' | 'planned'
  starts_at: number
  ends_at: number
  timezone: string
  rehearsal: boolean
  simulated: boolean
}

/** More duties on one person at once on air than anybody looks after: `duties` of the roles they were on duty in, at `at` (ms UTC). */
export interface Load {
  person_id: string
  show_id: string
  at: number
  roles: string[]
  duties: string[]
}

/** How far a message got with one whom it is for; instants in ms UTC, 0 not yet. */
export interface Look {
  arrived_at: number
  seen_at: number
}

/** Something the team did at an instant; `kind` is cue, promo, promo_end, pin or draw, `id` that of the cue, promo, product or draw. */
export interface Mark {
  kind: 'cue' | 'draw' | 'pin' | 'promo' | 'promo_end'
  id: string
  title: string
  at: number
  seq: number
}

/**
 * Say of somebody that they are not there: their stand-ins are on duty at once, a role without one shows as uncovered.
 *
 * `role_id`: in this role alone, "" in all they are on duty in.
 */
export interface MarkAbsent {
  person_id: string
  reason?: string
  role_id?: string
}

/** View `report.marks`, key seq as text: what the team did that viewers noticed. `kind` is cue, promo, promo_end, pin or draw. */
export interface MarkRow {
  kind: 'cue' | 'draw' | 'pin' | 'promo' | 'promo_end'
  id: string
  product_id: string
  at: number
  seq: number
}

/** Say that an account of a platform is one of the team's (`staff`), which wins no draw, or that it is not. */
export interface MarkStaff {
  source: string
  viewer: string
  name?: string
  staff?: boolean
}

/**
 * Who is signed in, what the charter lets them do, which consoles each of their roles opens, and the CSRF value for changes.
 *
 * `step_by` (ms UTC): a second step is asked of them from then on, and they have none; None: none is missing.
 * `reset_by` (person_id) took their second step away at `reset_at`, and they have set none since.
 */
export interface Me {
  person_id: string
  name: string
  roles: string[]
  duties: string[]
  consoles: Record<string, string[]>
  csrf: string
  step_by: number | null
  reset_by: string
  reset_at: number | null
}

/** A screen of whoever it is for says by itself that it has it, and when they look at it. */
export interface MeetMessage {
  message_id: string
  met: 'arrived' | 'seen'
}

/** View `comment.memory` (workspace), key = product and question: an answer given in a show, newest 2,000. */
export interface MemoryRow {
  question: string
  answer: string
  product_id: string
  show_id: string
  show_title: string
  at: number
}

/** Send the host one line ("" clears it). */
export interface MessageHost {
  message_id: string
  text: string
}

/**
 * View `channel.messages`, key message_id: the newest of a show, and all that is not done yet. View `channel.calls`: the latter alone.
 *
 * `by` (person_id) in which `role` and `at` when (ms UTC) it was said, `seq` its place in the log. `stage` since `stage_at`, by `stage_by`;
 * `words`: the answer it was done with, or why it is asked again, and by what (`back`). `reached`: whose it is, step by step; `looks` of those, by person_id.
 */
export interface MessageRow {
  message_id: string
  channel_id: string
  seq: number
  at: number
  by: string
  role: string
  text: string
  tag: string
  urgent: boolean
  thread: string
  mentions: string[]
  roles: string[]
  stage: 'done' | 'open' | 'plain' | 'taken' | 'withdrawn'
  stage_at: number
  stage_by: string
  words: string
  back: '' | 'let_go' | 'reopened'
  edited_at: number
  reached: Reach[]
  looks: Record<string, Look>
  reactions: Record<string, string[]>
}

/**
 * View `metric.minutes`, key = minute since 1970 as text.
 *
 * That of going on air begins there, and that of the end ends there: together they are what the tiles of the whole show say (paid: of
 * `gmv_paid_on_air`). What viewers did in minutes before is of the waiting room.
 *
 * `marks` are cues and promos that began in it, and promos that ended: `cue:<id>`, `promo:<id>`, `promo_end:<id>`. `online` is that at the end of the minute.
 * None is what no source tells of.
 * From going on air on every minute has a row, also one in which nothing happened, up to the newest and to the end.
 */
export interface MinuteRow {
  minute: number
  gmv_paid_minor: number | null
  gmv_created_minor: number | null
  orders_created: number | null
  orders_paid: number | null
  online: number | null
  enters: number | null
  comments: number | null
  likes: number | null
  clicks: number | null
  marks: string[]
}

/** Something that was told of an order and does not fit: what (`kind`), why, when; `lines`: which of a refund, or which make no sense. */
export interface Misfit {
  kind: string
  why: string
  at: number
  lines: OrderLine[]
}

/** What was due at `due_at` (ms UTC) and done later, or not (`done_at` None). `kind`: task, promo, move, question or warning; `what` its name. */
export interface MissedDeadline {
  kind: string
  what: string
  show_id: string
  role: string
  person_id: string
  due_at: number
  done_at: number | null
  seq: number
}

/** A required thing that was not there, and how often. */
export interface Missing {
  code: string
  count: number
}

/** Put a cue after another (None: first). */
export interface MoveCue {
  cue_id: string
  after_cue_id: string | null
}

/**
 * View `alarm.effects`, key `promo:<id>`, `move:<id>` or, of a promo whose time a coin chose, `toss:<id>`: orders placed in the windows before and after, which end where the show begins and ends.
 *
 * `kind` is what like ones are like by: price, gift or coupon of a promo, else the move.
 *
 * Of the product, or of the whole show when the move names none. `per` is what a rate is per: watch_s (seconds watched, so
 * that a fuller room alone is no effect) or, without samples around it, seconds. `ratio` is the rate after over the rate
 * before, with its interval; `verdict` up, down, no_clear_effect or too_little; `basis`: ranked among `placebos` moments of the
 * show without a move, among its slumps when it was started in one, or, with too few of either, a wide interval (spread).
 * `needed`: about so many moves like it would tell an effect of one half more. `measured` is false while the window after is still
 * open, `after_ms` long so far, `before_ms` is how long the one before is; a promo that ends within it closes it. `alongside` are
 * other cues, promos, moves, pins and draws that began, promos that ended (`promo_end:<id>`) and products that ran out
 * (`sold_out:<id>`) in either window and may be the cause as well. `arm`: the coin said now, or later: then nothing was done in the
 * window after, and such ones are what those of now are compared with.
 */
export interface MoveEffectRow {
  ref: string
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
  kind: string
  product_id: string
  at: number
  seq: number
  window_ms: number
  orders_before: number
  orders_after: number
  per: 'seconds' | 'watch_s'
  exposure_before: number
  exposure_after: number
  verdict: 'down' | 'no_clear_effect' | 'too_little' | 'up'
  ratio: number | null
  low: number | null
  high: number | null
  dispersion: number
  measured: boolean
  after_ms: number
  alongside: string[]
  before_ms: number
  basis: 'placebo' | 'slumps' | 'spread'
  placebos: number
  slump: boolean
  needed: number | null
  standard: number | null
  arm: '' | 'later' | 'now'
}

/** View `alarm.moves`, key move_id: a move that is no promo, and how it stands; `spent` is the row of ad spend that was entered for it. */
export interface MoveRow {
  move_id: string
  raise_id: string
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
  evidence: Evidence[]
  expected: string
  product_id: string
  cue_id: string
  text: string
  answer: string
  cost_minor: number | null
  channel: string
  stage: 'approved' | 'proposed' | 'rejected'
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  reason: string
  spent: SpendRow | null
}

/** Hide a comment, and what its author writes in the next `minutes`; null: for the rest of the show. */
export interface MuteViewer {
  action_id: string
  comment_ref: string
  minutes?: number | null
}

/** View `moderation.muted`, key `source/pseudonym`: who is not heard, since and until when (None: for the rest of the show). */
export interface MutedRow {
  source: string
  viewer: string
  name: string
  since: number
  until: number | null
  by: string
  text: string
  action_id: string
}

/** The caller's open tasks: of their roles, in their name or taken by them. `left_out`: shows that were not looked at, being too many. */
export interface MyTasks {
  shows: TasksOfShow[]
  left_out: number
}

/** View `workspace.names`, key person_id or token_id: who that was, for ever, also after they left. `kind` is person or token. */
export interface NameRow {
  name: string
  kind: 'person' | 'token'
}

/** A draw to prepare; the seed is made and kept by the server. `leave_out_staff`: the team's accounts stand in its conditions. */
export interface NewDraw {
  draw_id: string
  title: string
  keyword: string
  minutes: number
  prizes: Prize[]
  conditions?: ConditionsGiven
  beacon_source?: string
  leave_out_staff?: boolean
}

/** What the browser made when it was asked (JSON of WebAuthn), and what to call it. */
export interface NewPasskey {
  ask: string
  credential: string
  name?: string
}

/** A line for the word list; see WordRule. */
export interface NewWord {
  rule_id: string
  text: string
  kind?: 'pattern' | 'word'
  match?: 'exact' | 'loose' | 'sound'
  does?: 'hide' | 'mark' | 'mute'
  platforms?: string[]
  mute_minutes?: number
}

/** One thing the new show does not have of the old one: the command that would have given it, and why it was refused. */
export interface NotCarried {
  command: string
  code: string
  message: string
}

/** So much of one show is to be erased now. */
export interface NoteErased {
  erasure_id: string
  show_id: string
  comments: number
  copies: number
}

/** A shift has begun: note who of its crew is not on duty. */
export type NoteLate = Record<string, never>

/** The house noticed that somebody pressed what is not theirs. */
export interface NoteRefusal {
  person_id: string
  roles: string[]
  command: string
  about: string
  code: string
  show_id?: string
}

/** View `note.pinned`, key `now`: there is a row while a line stands. `by` is a person_id, `at` ms UTC. */
export interface NoteRow {
  note_id: string
  text: string
  by: string
  at: number
}

/** Note what a show came to (done by a reaction). */
export interface NoteShow {
  summary: ShowSummary
  buyers?: string
}

/**
 * View `order.odd`, key `platform/order_id`, newest 200: an order of which something does not fit, and how it is counted now.
 *
 * It leaves the list when what was missing is told. `placed`: it was, as far as anybody told; else there is no such order.
 */
export interface OddRow {
  order_id: string
  platform: string
  buyer: string
  state: 'cancelled' | 'created' | 'paid' | 'refunded'
  misfits: Misfit[]
  changed_at: number
  seq: number
  placed: boolean
}

/** What is left once a promo is off: the price in minor units (None where nobody set one), and the gift and coupon beside it. */
export interface OfferLeft {
  price_minor: number | null
  gift: string
  coupon: Coupon | null
}

/**
 * Offer one's role to somebody who holds it too; `lines` name what goes along. It moves when they accept.
 *
 * With `shift_id` it is the hand-over to that shift: the log fills a sheet, the lines are one's own and may be left out.
 */
export interface OfferRole {
  offer_id: string
  role_id: string
  to_person_id: string
  lines: string[]
  shift_id?: string
}

/**
 * View `rundown.on_air`, one row, key `now`: everything a countdown needs, in one patch.
 *
 * `state` is before, running, held or finished. `due_at`: when the cue on air should end (None when it stands held or
 * nothing runs); `left_ms` while it stands. `offset_ms` (+ = behind) at `due_at`: a screen adds max(0, now - due_at).
 * `relative_offset_ms`: the same against the actual start of the show. `planned_end_at` / `projected_end_at` of the show: where no cue is planned, the show's own.
 * While it stands (since `held_at`) a screen adds now - held_at to the offset, and the overtime it was in; a cue that counts to
 * its end does not stand.
 * `undo_until`: until when the GO that brought this cue may be taken back, None where there is nothing to go back to.
 * `end_slack_ms`: how much overrun is absorbed before the projected end moves (-1: it never moves).
 * `begins_at`: when the first cue should go, while the show is on air and nothing went yet; past it a screen adds now - begins_at
 * to the overrun, and what `begins_slack_ms` does not absorb of it (a count-to-end cue gets shorter) to the offset.
 */
export interface OnAirRow {
  state: 'before' | 'finished' | 'held' | 'running'
  cue_id: string | null
  cue_no: number
  cue_count: number
  next_cue_id: string | null
  title: string
  next_title: string
  went_at: number | null
  due_at: number | null
  left_ms: number | null
  length_ms: number
  added_ms: number
  offset_ms: number
  relative_offset_ms: number
  started_at: number | null
  planned_end_at: number
  projected_end_at: number
  pass_id: string
  held_at: number | null
  end_slack_ms: number
  undo_until: number | null
  begins_at: number | null
  begins_slack_ms: number
  next_product_id: string | null
}

/** Comments take part from now on. */
export interface OpenDraw {
  draw_id: string
}

/**
 * A role that waits for somebody to accept it, since `at` (ms UTC); `lines` say what goes along.
 *
 * For a shift (`shift_id`) there is a sheet: lines of it that whoever comes `ticked`, and `asked` about; `stood_by`: who is ready to change with the cue.
 */
export interface OpenOffer {
  offer_id: string
  to_person_id: string
  lines: string[]
  at: number
  shift_id: string
  ticked: string[]
  asked: AskedLine[]
  stood_by: string[]
}

/** Let a product take claims, or (`open=False`) none for now. */
export interface OpenProduct {
  product_id: string
  open: boolean
}

/**
 * View `comment.questions`, key = the address of who asked first: a question about one product that waits.
 *
 * `at` and `last_at`: platform time of who asked first and last; `name` who asked first, `askers` the first few; `count`
 * how often it was asked; `source` where it was asked first; `suggestions` are
 * answers at hand, the likest first, each with its source; `answer` is the first one's, "" if there is none; `state` is
 * open, replying or reply_failed. `asks` price or stock of the product: its card has the answer of now. `named`: all who
 * ask that named the product; else it is the one on air, and `product_id` is "" while there is none.
 */
export interface OpenQuestionRow {
  at: number
  last_at: number
  name: string
  text: string
  product_id: string
  answer: string
  count: number
  askers: string[]
  source: string
  state: 'open' | 'reply_failed' | 'replying'
  suggestions: Suggestion[]
  asks: '' | 'price' | 'stock'
  named: boolean
}

/** The token in a monitor's link. */
export interface OpenScreen {
  token: string
}

/** Comments are orders from now on. */
export type OpenWindow = Record<string, never>

/** Make the workspace; only once. */
export interface OpenWorkspace {
  name: string
}

/** An event that was counted: `show_id` "" in the house's own log, `at` ms UTC, `type` its tag. */
export interface Opened {
  show_id: string
  seq: number
  at: number
  type: string
  person_id: string
  role: string
}

/**
 * View `order.counts`, key `all`: four numbers, never one, of all that was ever told.
 *
 * `odd`: what platforms said that does not fit; what was only early does, once the rest was told.
 * `refunded` are orders of which anything was given back, `refunded_minor` how much, `kept_minor` how much of it in money alone: the
 * goods stayed sold. A paid order that is cancelled is refunded; `cancelled` are those that were not paid. `told`: a source tells of
 * orders; before that all of it is unknown, and not nothing.
 */
export interface OrderCountRow {
  created: number
  paid: number
  cancelled: number
  refunded: number
  created_minor: number
  paid_minor: number
  odd: number
  refunded_minor: number
  kept_minor: number
  told: boolean
}

/**
 * One thing that happened to an order on its platform; `lines` are required for `created`. `currency` "": the show's.
 *
 * `at` is platform time (ms UTC), 0 or left out: the moment it is told; the same told again without it is a retry, so two like
 * partial refunds of one order need their times. `created` told again before the payment is an edit; a
 * payment without lines pays for the order as it stood then; a refund without lines gives back all that is left.
 * `amount_minor` of a payment without lines: what was paid, in money. `amount_minor`: what a refund gives back in money; with no lines, or lines of no `quantity`, the goods stay sold. Of an order or a
 * payment with lines: its total, where that is another than their sum. `refund_id`: what the platform calls a refund: told again, by
 * whomever and whenever, it is the same. `payment_id`: what it calls a payment, likewise: those of one order with names of their own
 * add up, a deposit and the balance; of those without a name one counts.
 */
export interface OrderItem {
  kind: 'cancelled' | 'created' | 'paid' | 'refunded'
  order_id: string
  at?: number
  buyer?: string
  lines?: OrderLineGiven[]
  currency?: string
  amount_minor?: number | null
  refund_id?: string
  payment_id?: string
}

/**
 * One product of an order; `price_minor` is per unit, as charged.
 *
 * A line without units is money alone, all of its `price_minor`: given back while the goods stay, or what no other line of its order
 * explains (below nought: taken off). Such a one may name no product. `currency` as told, "" for the show's: what counts has no other.
 */
export interface OrderLine {
  product_id: string
  price_minor: number
  quantity: number
  variant: string
  currency: string
}

/**
 * One product of an order; `price_minor` is per unit, as charged.
 *
 * A line without units is money alone, all of its `price_minor`: given back while the goods stay, or what no other line of its order
 * explains (below nought: taken off). Such a one may name no product. `currency` as told, "" for the show's: what counts has no other.
 */
export interface OrderLineGiven {
  product_id: string
  price_minor: number
  quantity?: number
  variant?: string
  currency?: string
}

/**
 * View `order.latest`, key `platform/order_id`, newest 200. `state` is created, paid, cancelled or refunded.
 *
 * `amount_minor` is what it was worth when it was placed; `paid_minor` what was paid for it by now, None for nothing; `refunded_minor` what of its payment was given back, all or a part.
 * `seq`: where it stands in the log; of orders of one instant the later is the newer. `people`: the source whose viewer the buyer is,
 * where it is another than `platform`. `gone`: nothing of it is left to be cancelled. `unconfirmed`: it was cancelled before it was
 * paid, so it counts as refunded, and nobody said that the money went back.
 */
export interface OrderRow {
  order_id: string
  platform: string
  buyer: string
  lines: OrderLine[]
  amount_minor: number
  currency: string
  state: 'cancelled' | 'created' | 'paid' | 'refunded'
  created_at: number
  changed_at: number
  paid_minor: number | null
  refunded_minor: number
  seq: number
  people: string
  gone: boolean
  unconfirmed: boolean
}

/** Say that the show is ready though something required is missing, and why: it stands in the report. */
export interface OverrideReadiness {
  reason: string
}

/**
 * View `claim.oversold`, key `product_id/claim/claim_id` or `product_id/order/platform/order_id`: the latest 200 of a product.
 *
 * `units` of a claim or an order are beyond the stock; `place` 1 is the first to be put right, whoever took last, `paid` or not. `at`
 * they took them (platform time, ms UTC). `sorry_by` told the buyer so, at `sorry_at`.
 */
export interface OversoldRow {
  product_id: string
  variant: string
  kind: 'claim' | 'order'
  claim_id: string
  platform: string
  order_id: string
  buyer: string
  name: string
  units: number
  at: number
  place: number
  sorry_by: string
  sorry_at: number | null
  paid: boolean
}

/**
 * One's sessions, newest used first; whether a second step is set, how many codes to recover are left, one's passkeys, and what one said of oneself.
 *
 * `password`: when one's own was set (ms UTC, 0 not known), None for none; `password_asked`: it is asked for before another takes its place.
 */
export interface OwnAccount {
  sessions: SessionLine[]
  step: boolean
  codes_left: number
  passkeys: Passkey[]
  profile: Profile
  password: number | null
  password_asked: boolean
}

/** One's phones, newest first, and the key (base64url) by which a browser subscribes. */
export interface OwnPhones {
  key: string
  phones: PhoneLine[]
}

/**
 * One member's page, in one language, ready to be set.
 *
 * `version` 0: the table the house came with; `draft`: of what nobody published yet. `since` and `review_by` are days (`2026-11-28`),
 * "" while nothing is published. `roles`, `answers`, `asked`, `emergency` are names; `duties_all` counts the duties of the charter.
 */
export interface Page {
  person_id: string
  name: string
  workspace: string
  roles: string[]
  version: number
  draft: boolean
  signed: boolean
  since: string
  review_by: string
  duties_all: number
  first: PageDuty | null
  does: PageDuty[]
  asked: string[]
  never: PageNever[]
  tell: PageTell[]
  answers: string[]
  emergency: string[]
  stand_ins: string[]
}

/** A duty I do: how it is known to be done, by when ("" no time), with which skill ("" none named). */
export interface PageDuty {
  duty_id: string
  title: string
  proof: string
  due: string
  skill: string
}

/** A duty I must not do, and the roles with their people it goes to; "" when nobody does it. */
export interface PageNever {
  duty_id: string
  title: string
  goes_to: string
}

/** A role with its people, and the duties of mine for which it answers: it hears when they are done, and when they cannot be. */
export interface PageTell {
  who: string
  titles: string[]
}

/**
 * The sums of some minutes of the show; None is what no source tells of. `peak_online` is the most at the end of one of them.
 *
 * `key`: a shift_id, or the hosts on duty together; "" is the time of no shift, or of nobody.
 */
export interface PartFigures {
  key: string
  people: string[]
  minutes: number
  first_at: number | null
  gmv_paid_minor: number | null
  gmv_created_minor: number | null
  orders_paid: number | null
  orders_created: number | null
  enters: number | null
  comments: number | null
  likes: number | null
  clicks: number | null
  peak_online: number | null
}

/** View `report.passes`, key pass_id: one time a cue was on air. `ended_at` None while it is. `seq` is its CueWent. */
export interface PassRow {
  pass_id: string
  cue_id: string
  via: 'adlib' | 'go' | 'jump' | 'skip' | 'undo'
  went_at: number
  ended_at: number | null
  seq: number
}

/** Would have won, but won the draw `draw_id` (`title`) after this list was frozen. */
export interface Passed {
  key: string
  name: string
  draw_id: string
  title: string
}

/** One passkey: what its owner calls it, the host name it is for, and when it was made and used last (ms UTC, 0 never). */
export interface Passkey {
  passkey_id: string
  name: string
  place: string
  made_at: number
  used_at: number
}

/** The rows that changed since the message that ended at `after`. */
export interface Patch {
  type: 'patch'
  stream: string
  after: number
  seq: number
  at: number
  views: Record<string, Table>
}

/**
 * A minute that stands out.
 *
 * `series` is gmv_paid or online; `usual` the median of the minutes before it; the rise began in minute `rise_from`.
 * `causes` are what the team did near the rise, none when nothing was found. They stand near it: that is no proof.
 */
export interface Peak {
  series: 'gmv_paid' | 'online'
  minute: number
  value: number
  usual: number
  rise_from: number
  causes: Mark[]
  events: Where
}

/**
 * When a minute stands out, and which marks are near: the numbers of the rule.
 *
 * It is higher than `*_times` the median of the `back_minutes` before it and than that median plus so many `deviations`
 * (by the median absolute deviation), and the highest `apart_minutes` to both sides. A mark is near from `near_minutes`
 * before the rise to the end of the peak.
 */
export interface PeakRule {
  back_minutes: number
  gmv_times: number
  online_times: number
  deviations: number
  apart_minutes: number
  near_minutes: number
}

/** One person; key is person_id. */
export interface PersonRow {
  person_id: string
  name: string
  roles: string[]
}

/** Its id, and what its push service said to a first message: `accepted` is not yet shown. */
export interface PhoneAdded {
  phone_id: string
  sent: 'accepted' | 'gone' | 'refused' | 'spared' | 'unreached'
}

/** What a browser's `PushSubscription` says of itself, and in which language it wants to be told. `again`: it was told before, and need not be tried. */
export interface PhoneAsked {
  endpoint: string
  keys: PhoneKeys
  language?: string
  again?: boolean
}

/** As the browser gives them, base64url: its public key (P-256, 65 bytes) and a secret of 16 bytes. */
export interface PhoneKeys {
  p256dh: string
  auth: string
}

/** A phone (any browser) that is told; `device` "" where it was not said, `made_at` ms UTC. `phone_id` is the beginning of SHA-256 of its endpoint, in hex. */
export interface PhoneLine {
  phone_id: string
  device: string
  made_at: number
}

/** What its push service said. */
export interface PhoneTold {
  sent: 'accepted' | 'gone' | 'refused' | 'spared' | 'unreached'
}

/** Pin one line on all screens; `replaces` is the line that whoever pins saw standing there, None when there was none. */
export interface PinNote {
  note_id: string
  text: string
  replaces?: string | null
}

/** Show a product as the one on air (or none with ""). */
export interface PinProduct {
  product_id: string
}

/** How late is it? `t` comes back. */
export interface Ping {
  type: 'ping'
  t?: number
}

/** Plan a shift of a long show, or change it as a whole; what has begun keeps its start. Before air the first shift's crew is put on duty. */
export interface PlanShift {
  shift: ShiftGiven
}

/**
 * Plan a show on its own, empty log `show/<show_id>`. A `rehearsal` 彩排 is one to its end: no platform and no chat hears of it.
 *
 * A `simulated` 模擬 show has viewers and a shop that we made up; nobody else ever answers for a shop that is not there.
 */
export interface PlanShow {
  show_id: string
  title: string
  starts_at: number
  ends_at: number
  timezone?: string
  currency?: string
  goal_gmv_minor?: number
  theme?: string
  channel?: string
  crew?: CrewMember[]
  rehearsal?: boolean
  simulated?: boolean
}

/**
 * How a show takes claims.
 *
 * `capture`: off (comments are no orders), window (between open and close), always (while the show is on air).
 * `hold_minutes` 0: held until the show is over and beyond. `per_buyer_limit` counts for products that say none
 * themselves. `duplicate`: another claim of the same thing adds, replaces, or is ignored.
 */
export interface Policy {
  capture: 'always' | 'off' | 'window'
  hold_minutes: number
  per_buyer_limit: number | null
  duplicate: 'add' | 'ignore' | 'replace'
  repeat_ms: number
  waitlist: boolean
  cancel_by_comment: boolean
}

/** A policy as it may be asked for; one of an old log may be anything. */
export interface PolicyAsked {
  capture?: 'always' | 'off' | 'window'
  hold_minutes?: number
  per_buyer_limit?: number | null
  duplicate?: 'add' | 'ignore' | 'replace'
  repeat_ms?: number
  waitlist?: boolean
  cancel_by_comment?: boolean
}

/**
 * How a show takes claims.
 *
 * `capture`: off (comments are no orders), window (between open and close), always (while the show is on air).
 * `hold_minutes` 0: held until the show is over and beyond. `per_buyer_limit` counts for products that say none
 * themselves. `duplicate`: another claim of the same thing adds, replaces, or is ignored.
 */
export interface PolicyGiven {
  capture?: 'always' | 'off' | 'window'
  hold_minutes?: number
  per_buyer_limit?: number | null
  duplicate?: 'add' | 'ignore' | 'replace'
  repeat_ms?: number
  waitlist?: boolean
  cancel_by_comment?: boolean
}

/** The answer to a ping: its `t`, and the server's clock (ms UTC). */
export interface Pong {
  type: 'pong'
  t: number
  at: number
}

/** Say something in a channel of the show; with a `tag`, or `urgent`, it is somebody's until they took it. */
export interface PostMessage {
  message_id: string
  channel_id: string
  text: string
  tag?: string
  urgent?: boolean
  thread?: string
  mentions?: string[]
  roles?: string[]
}

/**
 * Fix the rules and commit to a seed of one's own: `commitment` = SHA-256 of its 32 bytes.
 *
 * Who knows the seed may know the winner, unless a public value of `beacon_source` is mixed in after the list is frozen.
 */
export interface PrepareDraw {
  draw_id: string
  title: string
  keyword: string
  minutes: number
  prizes: Prize[]
  commitment: string
  conditions?: ConditionsGiven
  beacon_source?: string
}

/** What was promised: SHA-256 of the seed's bytes. */
export interface Prepared {
  commitment: string
}

/** Everybody who looks at a stream now. */
export interface Present {
  type: 'presence'
  stream: string
  people: PresentPerson[]
}

/** Somebody who looks at a stream since `since` (ms UTC); `editing` is the field they have open. */
export interface PresentPerson {
  person_id: string
  name: string
  role: string
  since: number
  editing: string | null
}

/** `count` pieces of one prize. */
export interface Prize {
  name: string
  count: number
}

/**
 * View `product.cards`, key product_id. `price_minor` is what a buyer pays now (a promo the shop confirmed included).
 *
 * `coupon`: what buyers may take beside it, and
 * `coupon_price_minor` what one unit comes to with it (None where it is not worth enough, or one of the two is wrong).
 *
 * `variants_stock`: what its variants have of their own where each has, else None; they are the total then, whatever `stock` says.
 * `stock` as the sheet says; `stock_left`: units nobody ordered or holds of what there is to sell, None without end, below nought
 * when more was sold than there was. `pinned` by hand since the last cue; `on_air`: what the show is about now, pinned or of the
 * cue. `promo_kinds`: of which a promo is on in the shop or on its way; `unsaid`: of which buyers have one that is being taken back; `promo_price_minor`: the price that keeps the sheet from asking
 * another one. `sold_out`: nothing is left to order or to claim, in any variant. `stock_few`: time to say "last ones".
 * `oversold`: units promised beyond what there is. `per_buyer_limit` as the sheet says; `limit`: how many a buyer may have, as
 * claims are decided. `sizes`: all that have stock of their own, where at least one is gone or oversold and something is left.
 */
export interface ProductCard {
  product_id: string
  name: string
  currency: string
  variants: string[]
  item_type: string
  cost_minor: number | null
  list_price_minor: number | null
  live_price_minor: number | null
  price_minor: number | null
  gift: string
  stock: number | null
  stock_left: number | null
  per_buyer_limit: number | null
  selling_points: string[]
  doubts: Doubt[]
  certificates: string[]
  must_not_say: string[]
  pinned: boolean
  on_air: boolean
  sold_out: boolean
  coupon: Coupon | null
  coupon_price_minor: number | null
  oversold: number
  limit: number | null
  promo_kinds: ('coupon' | 'gift' | 'price')[]
  unsaid: ('coupon' | 'gift' | 'price')[]
  promo_price_minor: number | null
  variants_stock: number | null
  stock_few: boolean
  sizes: SizeLeft[]
}

/** One field: what the editor saw, and what it shall be. A stale `was` is refused with both values. */
export interface ProductChange {
  field: string
  was: unknown
  to: unknown
}

/**
 * View `metric.products`, key product_id. `spark` is paid GMV per minute for the last 30 minutes.
 *
 * `views` times shown, `clickers` distinct viewers who clicked. `click_rate` and `ctor` are the figures of docs/metrics.md
 * of this product alone. None is what no source tells of.
 */
export interface ProductFigureRow {
  product_id: string
  clicks: number | null
  orders_created: number | null
  orders_paid: number | null
  units_paid: number | null
  gmv_created_minor: number | null
  gmv_paid_minor: number | null
  buyers: number | null
  last_order_at: number | null
  spark: number[]
  views: number | null
  clickers: number | null
  click_rate: number | null
  ctor: number | null
}

/** Everything the team knows of a product. `item_type` is traffic, welfare, hero, profit, image or "". Amounts in minor units. */
export interface ProductSheet {
  product_id: string
  name: string
  variants?: string[]
  item_type?: string
  cost_minor?: number | null
  list_price_minor?: number | null
  live_price_minor?: number | null
  stock?: number | null
  per_buyer_limit?: number | null
  selling_points?: string[]
  doubts?: DoubtGiven[]
  certificates?: string[]
  must_not_say?: string[]
}

/**
 * View `product.signs`, key product_id: what a screen where anybody may stand says of a product: its name, and whether it is gone.
 *
 * `sold_out` as on the card: nothing is left to order or to claim, in any variant.
 */
export interface ProductSign {
  name: string
  sold_out: boolean
}

/** In people's own words: `languages` they speak, and `contact`, how to reach them for alerts ("" not said). */
export interface Profile {
  languages: string
  contact: string
}

/** In people's own words: `languages` they speak, and `contact`, how to reach them for alerts ("" not said). */
export interface ProfileGiven {
  languages?: string
  contact?: string
}

/**
 * View `promo.board`, key promo_id; `*_by` are person ids.
 *
 * `stage` is proposed, approved, rejected, withdrawn, applied, failed, ending (the shop was asked to end it), ended, or lapsed (its
 * time was up before the shop had it on).
 * `reads`: the same in one word for people: besides the stages taking_back and taken_back (it was wrong), not_taken_back (it
 * is wrong, and the shop did not take it back, or did not stop it on its way), stays (the shop did not end it, buyers have it), expired (its time is up, and the shop has not said that it is off), replaced and lapsed_show.
 * `stands`: buyers have it now; one whose time is up does not, nor one that another promo or the sheet replaced, since
 * `replaced_at`. `end_why`, `end_reason`, `end_by` and
 * `end_at` are of the last time somebody ended it, `end_failure` and `end_note` say why the shop did not. `applied_by` and
 * `ended_by` are who changed it by hand in the shop's back office, "" where a connector did. `toss`: a coin said now or later, tossed by
 * `tossed_by`; `toss_until` is when one that was put off is approved by itself, None once it was, somebody answered or the show
 * ended; `toss_off` is the code of why it could not be. `left`: what buyers have of the product once this one is off, None where the
 * product is not on the list any more. `waits_for`: the promo of its product and kind that the shop must answer before this one is
 * approved or ended, "" for none. `changed_at`: when anything last became of it. `spent`: its time
 * was up, and the shop has not said that it is off. `takes_place_of`: the gift or coupon that buyers have and have no more once this one is on, "" for none.
 */
export interface PromoRow {
  promo_id: string
  product_id: string
  kind: 'coupon' | 'gift' | 'price'
  price_was_minor: number
  price_minor: number
  currency: string
  gift: string
  reason: string
  expected: string
  evidence: Evidence[]
  stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn'
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  applied_at: number | null
  failure: string
  note: string
  coupon: Coupon | null
  stands: boolean
  end_why: 'expired' | 'over' | 'wrong' | 'show_ended' | ''
  end_reason: string
  end_by: string
  end_at: number | null
  ended_at: number | null
  end_failure: string
  end_note: string
  applied_by: string
  ended_by: string
  replaced_at: number | null
  toss: '' | 'later' | 'now'
  tossed_by: string
  toss_until: number | null
  toss_off: string
  reads: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' | 'expired' | 'lapsed_show' | 'not_taken_back' | 'replaced' | 'stays' | 'taken_back' | 'taking_back'
  left: OfferLeft | null
  waits_for: string
  changed_at: number
  spent: boolean
  takes_place_of: string
}

/** One more promo that moves, as `promo_*` of the host's row. `product_name` is "" where it is of the product on air. */
export interface PromoSaid {
  promo_id: string
  product_name: string
  currency: string
  state: 'applied' | 'approved' | 'ended' | 'ending' | 'expired' | 'failed' | 'lapsed' | 'not_taken_back' | 'stays' | 'taken_back' | 'taking_back'
  kind: 'coupon' | 'gift' | 'price'
  price_minor: number | null
  gift: string
  coupon: Coupon | null
  at: number
}

/**
 * Propose a move that is no promo, of a raised alarm or of one's own accord ("").
 *
 * Ads say with `cost_minor` what they may cost, and the `channel`.
 */
export interface ProposeMove {
  move_id: string
  raise_id?: string
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
  expected?: string
  product_id?: string
  cue_id?: string
  text?: string
  answer?: string
  cost_minor?: number | null
  channel?: string
  evidence?: Evidence[]
}

/** Propose a price, a gift or a coupon, with the figures that speak for it. */
export interface ProposePromo {
  promo_id: string
  product_id: string
  kind: 'coupon' | 'gift' | 'price'
  price_minor?: number | null
  gift?: string
  reason?: string
  evidence?: Evidence[]
  expected?: string
  coupon?: CouponGiven | null
}

/** A change of the charter that would say what was done: `done` times by that role, of `of` in all. */
export interface Proposed {
  change: CellChange
  done: number
  of: number
}

/** Whether one may sign in with an account of the company, and what that is called. */
export interface ProviderOffer {
  on: boolean
  label: string
}

/**
 * A provider of OpenID Connect, "" to let go of it. `client_secret` None leaves the one that is kept.
 *
 * `domains`: whoever has a mail address there makes an account of their own, with `roles`; `groups`: one of them is asked for.
 */
export interface ProviderRequest {
  issuer: string
  client_id?: string
  client_secret?: string | null
  label?: string
  domains?: string[]
  roles?: string[]
  groups?: string[]
}

/**
 * Make the draft the charter of the house, as version `version`; every member is asked to sign their page.
 *
 * `seen`: the seq of the last change of the draft that was seen, so that nobody publishes what somebody else wrote meanwhile.
 */
export interface PublishCharter {
  version: number
  seen: number
  summary?: string
}

/**
 * View `prompter.questions`, key question_id: those that wait, oldest first by `handed_at`.
 *
 * `product_name`: of the product it is about, "" where it names none: an answer stays true of that one whatever is on air.
 */
export interface QuestionRow {
  question_id: string
  text: string
  answer: string
  asked_by: string
  product_id: string | null
  comment_ref: string | null
  handed_at: number
  product_name: string
}

/** View `comment.questions`, key `tally`: unlike questions that wait, comments that asked them, and how many found no room. */
export interface QuestionTallyRow {
  open: number
  asked: number
  unlisted: number
}

/** Carry a message over these bridges; over `reserves` in turn where one of them fails. */
export interface QueueLetters {
  message_id: string
  told: number
  bridges: string[]
  reserves?: string[]
}

/** View `alarm.raises`, key raise_id: one time an alarm was raised. `promo_ids` were proposed because of it. */
export interface RaiseRow {
  raise_id: string
  alarm_id: string
  metric: string
  value: number
  limit: number
  compared: number | null
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
  evidence: Evidence[]
  product_id: string
  since: number
  raised_at: number
  seq: number
  cleared_at: number | null
  promo_ids: string[]
}

/**
 * One step of the ladder: whose it is now. `roles` of the charter, `people` of them who are on duty; nobody: it reached nobody.
 *
 * `until` (ms UTC): when the next step is due; 0: this one is the last.
 */
export interface Reach {
  kind: 'answers' | 'does' | 'everybody' | 'named' | 'stands_in'
  roles: string[]
  people: string[]
  until: number
}

/** Set a sign on a message, or take it off. */
export interface ReactToMessage {
  message_id: string
  sign: 'eyes' | 'ok' | 'question' | 'thanks'
  on?: boolean
}

/** Read up to here. */
export interface ReadChannel {
  channel_id: string
  seq: number
}

/** View `channel.marks`, key `channel_id/person_id`: the seq of the newest message that somebody read there. */
export interface ReadRow {
  channel_id: string
  person_id: string
  seq: number
}

/**
 * View `readiness.items`, key code, while the show is planned: something is missing, `count` times, and where.
 *
 * `weight` act: required; watch: advised. `subjects`: the first 200. `by_ms`: by how much, where it is a time.
 */
export interface ReadinessRow {
  code: string
  weight: 'act' | 'watch'
  count: number
  subjects: Subject[]
  by_ms: number
}

/**
 * The answer to a command: the seqs of its events (none when nothing had to change) and the seq of the log after it.
 *
 * `asked`: nothing of it has happened, somebody must agree first; the id under which it waits. `message` says so in words.
 */
export interface Receipt {
  stream: string
  seq: number
  events: number[]
  asked?: string
  message?: string
}

/**
 * Write down what a platform said of orders. What was told before is left out.
 *
 * An order is one by (room, order_id) where a room is named, else by (platform, order_id).
 */
export interface RecordOrders {
  platform: string
  room?: string
  items: OrderItem[]
}

/** The winner of `rank` did not take the prize; it went to the winner of the rank `to`, None: to nobody. */
export interface Redraw {
  rank: number
  reason: string
  to: number | null
}

/** The winner of this rank does not take the prize: the next in order does. */
export interface RedrawWinner {
  draw_id: string
  rank: number
  reason?: string
}

/** Say that the back office does not let it be cancelled, and why: it is waited for no more. */
export interface RefuseCancel {
  platform: string
  order_id: string
  reason: string
}

/** What a person was refused: the command, its duty and the code of the refusal. */
export interface RefusedBy {
  person_id: string
  command: string
  duty: string
  code: string
  times: Counted
}

/** A duty of a role that does not go along with it, and why. */
export interface RefusedDuty {
  duty: string
  bar: '' | 'forbidden' | 'held' | 'kept' | 'not_on_air' | 'separated'
}

/**
 * One that could not be taken: where it stood in the request, the code of the reason and its data.
 *
 * `line`: only this line of an order, by its place in it; the order was taken without it.
 */
export interface RefusedItem {
  part: 'items' | 'orders'
  index: number
  code: string
  data: Record<string, unknown>
  line: number | null
}

/** A rule said no: its code, its data, and words in the client's language. `views`: of a subscription, those that are not shown to it. */
export interface RefusedMessage {
  type: 'refused'
  code: string
  data: Record<string, unknown>
  message: string
  views: string[]
}

/** Say no, with a reason. */
export interface RejectMove {
  move_id: string
  reason?: string
}

/** Reject a proposal with a reason. */
export interface RejectPromo {
  promo_id: string
  reason?: string
}

/** Show comments again, whoever or whatever hid them. */
export interface ReleaseComments {
  action_id: string
  comment_refs: string[]
}

/**
 * More was promised than there is: of the claims beyond the stock, the latest first, let people wait, or cancel what they hold.
 *
 * Orders are the shop's: they are cancelled there, and it tells.
 */
export interface RelieveProduct {
  product_id: string
  how: 'cancel' | 'waitlist'
}

/** Keep an answer for later shows (done by a follower). */
export interface RememberAnswer {
  known: KnownAnswer
}

/** Take a way away. */
export interface RemoveBridge {
  bridge_id: string
}

/** Take a cue out; not the one on air. */
export interface RemoveCue {
  cue_id: string
}

/** Take a file away. */
export interface RemoveFile {
  task_id: string
  digest: string
}

/** Remove a person, and revoke the tokens they made; the last owner stays. */
export interface RemovePerson {
  person_id: string
}

/** Take a product off the list; refused while cues or orders name it. */
export interface RemoveProduct {
  product_id: string
}

/** Take a row of ad spend out. */
export interface RemoveSpend {
  spend_id: string
}

/** Take a task away; what waited for it no longer does. */
export interface RemoveTask {
  task_id: string
}

/** Take lines out of the word list; what they hid in a running show is shown again. */
export interface RemoveWords {
  action_id: string
  rule_ids: string[]
}

/** Call a person otherwise: oneself, or, as an owner, anybody. They sign in by the new name. */
export interface RenamePerson {
  person_id: string
  name: string
}

/** It is not done. */
export interface ReopenMessage {
  message_id: string
  reason: string
}

/** Take back that it is done. */
export interface ReopenTask {
  task_id: string
}

/**
 * A role, who is in it now, and what it said: `answer` "" nothing yet; `by` whom (person_id) and `at` when (ms UTC), `seen_at` when somebody of it looked first.
 *
 * `changed`: it was ready for what the cue said before; what it says now it was not asked.
 */
export interface Reply {
  role_id: string
  people: string[]
  answer: 'ready' | 'seen' | 'wait' | ''
  reason: string
  by: string
  at: number
  seen_at: number
  changed: boolean
}

/** Write a reply under a comment on its platform, where the source can; `also`: it answers all who asked the same. */
export interface ReplyToComment {
  reply_id: string
  comment_ref: string
  text: string
  also?: boolean
}

/**
 * The whole report. `generated_seq` is the seq of the log it was made at.
 *
 * Orders are known `money_as_of` (ms UTC, 0: none was told); payments change nothing any more from `money_final_at` on.
 * `kept_minor`: so much of the refunds was given back in money alone: the goods stayed sold. `oddities`: newest first, of
 * at most 200 orders; there are `oddities_more` besides.
 * `beyond_created_minor` and `beyond_paid_minor`: so much the show's money is more or less than that of all its products,
 * whose lines carry prices of goods alone: coupons, shipping, what was given for nothing.
 * `claims`: comment orders; `posts`: who came in another's place or left; `parts`: by shift and host; `takings`: in need. Empty where there were none; `team` says them in words.
 * `ready`: None where nobody said it. `untold`: what no source told of, so that figures of it have no value.
 */
export interface Report {
  show: unknown
  summary: Record<string, Figure>
  minutes: ReportMinute[]
  peaks: Peak[]
  peak_rule: PeakRule
  funnel: FunnelStep[]
  sources: ReportSource[]
  retention: Retention[]
  products: ReportProduct[]
  cues: ReportCue[]
  promos: ReportPromo[]
  moves: ReportMove[]
  questions: ReportQuestion[]
  people: Record<string, string>
  generated_seq: number
  money_as_of: number
  money_final_at: number | null
  kept_minor: number
  oddities: ReportOddity[]
  oddities_more: number
  beyond_created_minor: number
  beyond_paid_minor: number
  ready: ReportReady | null
  claims: ReportClaims | null
  posts: ReportPost[]
  parts: ReportPart[]
  responses: ReportResponse[]
  takings: ReportTaking[]
  team: TeamTable[]
  untold: ('buyer' | 'click' | 'comment' | 'enter' | 'everybody' | 'follow' | 'impression' | 'join' | 'leave' | 'like' | 'order' | 'share' | 'view' | 'viewer')[]
}

/** Comment orders in units: ever held, of these in an order, paid and come back (`expired`: the hold was over); waiting now; `refused` orders. */
export interface ReportClaims {
  claimed: number
  checked_out: number
  paid: number
  cancelled: number
  expired: number
  waits: number
  refused: number
}

/** Plan against actual of one cue; `diff_ms` + = longer than planned, of the two in whole seconds, None when it never went, or runs and is not over its time. */
export interface ReportCue {
  cue_id: string
  no: number
  title: string
  status: 'done' | 'live' | 'planned' | 'skipped'
  passes: ReportPass[]
  planned_ms: number
  actual_ms: number
  diff_ms: number | null
  gmv_paid_minor: number | null
  gmv_created_minor: number | null
  orders_paid: number | null
  goal_gmv_minor: number | null
  events: Where
}

/**
 * What became of a product's orders: the rate after a promo over the rate before, with its interval.
 *
 * `verdict` is up, down, no_clear_effect or too_little; `basis` what it was ranked among (`placebos` moments of the show where nothing
 * was done, its slumps, or, with too few of them, a wide interval); `needed`: about so many moves like it would tell an effect of one
 * half more. `per` watch_s (for each second watched) or seconds; `beside` may be the cause as well, `alongside` are their addresses.
 * Orders are None where no source told of any.
 */
export interface ReportEffect {
  orders_before: number | null
  orders_after: number | null
  window_ms: number
  per: 'seconds' | 'watch_s'
  verdict: 'down' | 'no_clear_effect' | 'too_little' | 'up'
  ratio: number | null
  low: number | null
  high: number | null
  measured: boolean
  alongside: string[]
  beside: Beside[]
  before_ms: number
  after_ms: number
  basis: 'placebo' | 'slumps' | 'spread'
  placebos: number
  slump: boolean
  needed: number | null
}

/** One minute of the curve; `minute` since 1970. None is what no source told of. */
export interface ReportMinute {
  minute: number
  gmv_paid_minor: number | null
  gmv_created_minor: number | null
  orders_created: number | null
  orders_paid: number | null
  online: number | null
  comments: number | null
  clicks: number | null
  marks: Mark[]
  events: Where
}

/**
 * A move that an alarm offered and is no promo: which figure (`metric`) rang, who settled it, and what it brought.
 *
 * `stage` is proposed, approved or rejected. `effect` is None unless it was approved, `product_id` "" for the whole show.
 * `spent_minor` is what was really spent on more ads, None while nobody entered it; `channel` and `cost_minor` where they ran and what
 * they might cost.
 */
export interface ReportMove {
  move_id: string
  move: 'ads' | 'answer' | 'coupon' | 'pin' | 'promo' | 'reorder'
  metric: string
  product_id: string
  name: string
  stage: 'approved' | 'proposed' | 'rejected'
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  effect: ReportEffect | null
  events: Where
  spent_minor: number | null
  channel: string
  cost_minor: number | null
}

/** Something a platform told of an order that does not fit; `state` is how the order counts in this report, `unknown` of one that nobody placed. */
export interface ReportOddity {
  order_id: string
  platform: string
  state: string
  kind: string
  why: string
  at: number
}

/** What the minutes of a shift (`name`) or of the hosts on duty together (`people`) brought. */
export interface ReportPart {
  name: string
  people: string[]
  minutes: number
  first_at: number | null
  gmv_paid_minor: number | null
  orders_paid: number | null
  comments: number | null
  peak_online: number | null
}

/** One time a cue was on air. */
export interface ReportPass {
  pass_id: string
  went_at: number
  ended_at: number | null
  via: 'adlib' | 'go' | 'jump' | 'skip' | 'undo'
  seq: number
}

/** Somebody who came to a role in another's place (`came`), or left it (`left`), `at` an instant (ms UTC); `after` whose place, "" nobody's. */
export interface ReportPost {
  role_id: string
  person_id: string
  came: string
  left: string
  after: string
  at: number
  reason: string
}

/** What one product did; `clicks` None where no source told of any. `oversold`: units promised beyond what there is, in any variant. */
export interface ReportProduct {
  product_id: string
  name: string
  clicks: number | null
  orders_created: number | null
  orders_paid: number | null
  units_paid: number | null
  gmv_created_minor: number | null
  gmv_paid_minor: number | null
  buyers: number | null
  stock_left: number | null
  events: Where
  oversold: number
}

/**
 * A promo with the same stretch of time before and after it; `stands`: buyers had it still when the report was made.
 *
 * `reads`: what became of it, as on the board. `replaced_at`: another promo or the sheet took its place. `toss`: a coin said now or later.
 */
export interface ReportPromo {
  promo_id: string
  product_id: string
  name: string
  kind: 'coupon' | 'gift' | 'price'
  price_was_minor: number
  price_minor: number
  gift: string
  stage: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn'
  proposed_by: string
  settled_by: string
  proposed_at: number
  approved_at: number | null
  applied_at: number | null
  failure: string
  before: Around | null
  after: Around | null
  effect: ReportEffect | null
  events: Where
  coupon: Coupon | null
  stands: boolean
  ended_at: number | null
  end_why: 'expired' | 'over' | 'wrong' | '' | 'show_ended'
  end_by: string
  replaced_at: number | null
  toss: '' | 'later' | 'now'
  reads: 'applied' | 'approved' | 'ended' | 'ending' | 'failed' | 'lapsed' | 'proposed' | 'rejected' | 'withdrawn' | 'expired' | 'lapsed_show' | 'not_taken_back' | 'replaced' | 'stays' | 'taken_back' | 'taking_back'
}

/**
 * A question that was asked so many times; `sample_refs` are addresses in the log.
 *
 * `answered_by` is the person who answered it first, at `answered_at`, `took_ms` after it was asked first.
 */
export interface ReportQuestion {
  text: string
  count: number
  answered: number
  handed: number
  first_at: number
  answered_by: string
  answered_at: number | null
  took_ms: number | null
  product_id: string
  sample_refs: string[]
  events: Where
}

/** Who said that the show is ready, when (ms UTC); what was required and `missing` then, and the `reason` to let it pass. */
export interface ReportReady {
  by: string
  at: number
  missing: Missing[]
  reason: string
}

/** What the team was asked in channels by `tag` (`all`, `urgent`), how many of it `waits`, and in how long it was seen, taken, done (ms; None: never). */
export interface ReportResponse {
  tag: string
  asked: number
  waits: number
  seen_ms: number | null
  taken_ms: number | null
  taken_p90_ms: number | null
  done_ms: number | null
  done_p90_ms: number | null
}

/** Viewers who came by one flow, and what they did; `flow` is `none` where nobody said. None is what no source told of. */
export interface ReportSource {
  flow: '' | 'activity' | 'ads' | 'feed' | 'follow' | 'mall' | 'natural' | 'nearby' | 'other' | 'private' | 'profile' | 'promote' | 'public' | 'search' | 'square' | 'video' | 'none'
  impressions: number | null
  views: number | null
  uv: number | null
  clicks: number | null
  buyers: number | null
  orders_paid: number | null
  gmv_paid_minor: number | null
  enter_rate: number | null
  conversion: number | null
  uv_value_minor: number | null
  events: Where
}

/** A duty somebody took in need at `at`, until it was given back or over (`until`, ms UTC); `events` in the log because of it. */
export interface ReportTaking {
  duty: string
  person_id: string
  reason: string
  at: number
  until: number
  events: number
}

/**
 * View `asking.requests`, key request_id: somebody's command that waits, or waited, for a yes of each of the `waiting` roles.
 *
 * `on_duty`: who of those roles is on duty now; nobody: it is for all who hold them. `until` (ms UTC) it is theirs; when it is `overdue`,
 * those of `answers` decide. `about` what it is about, in words, `why` who asked wants it. `by` whom and `at` when its state last changed; why it was declined
 * (`reason`), or the `code` and `data` of the rule that refused it in the end.
 */
export interface RequestRow {
  request_id: string
  command: string
  duty: string
  about: string[]
  person_id: string
  role_id: string
  asked_at: number
  until: number
  state: 'agreed' | 'declined' | 'open' | 'ran' | 'refused' | 'show_ended' | 'withdrawn'
  waiting: string[]
  on_duty: string[]
  answers: string[]
  overdue: boolean
  by: string
  at: number
  reason: string
  code: string
  data: Record<string, string>
  why: string
}

/** Take away the second step and the passkeys of a person who lost them. */
export interface ResetSecondStep {
  person_id: string
}

/** How long a role took to answer one kind of call; times in ms. `late` took longer than the charter then said; None where it says nothing. */
export interface Response {
  kind: string
  role: string
  median_ms: number
  slowest_ms: number
  late: number | null
  answered: Counted
}

/**
 * View `channel.responses`, key: a tag, `urgent`, or `all`; there is a row once something of it was asked.
 *
 * `asked`: how many messages, `waits` of them nobody took, `steps` that were asked of each at most. From the asking until it was first seen,
 * taken, done: the median and the ninth of ten (ms) of those that were; None where none was. What was taken back is not counted.
 */
export interface ResponseRow {
  tag: string
  asked: number
  waits: number
  steps: number
  seen_ms: number | null
  seen_p90_ms: number | null
  taken_ms: number | null
  taken_p90_ms: number | null
  done_ms: number | null
  done_p90_ms: number | null
}

/** As many units came as are lacking: wherever more was promised than there is, there is enough now. */
export interface Restock {
  product_id: string
}

/** Let the countdown run on. */
export type ResumeCue = Record<string, never>

/** Of the `entrants` of a minute (0: of all) the `share` who stayed so many minutes or more; None where it is too early. */
export interface Retention {
  minute: number
  entrants: number
  steps: number[]
  share: (number | null)[]
  events: Where
}

/**
 * View `metric.retention`, key = minute since 1970 as text, and `all` for every minute together (minute 0).
 *
 * `share[i]` is the share of the `entrants` who stayed `steps[i]` minutes or more; None while too little time has passed to
 * know. There are no rows while nobody tells who goes: then nobody knows who stayed. In `all` each step counts the minutes that are old enough for it, so its shares may rest on different entrants.
 */
export interface RetentionRow {
  minute: number
  entrants: number
  steps: number[]
  share: (number | null)[]
}

/** Who plans finds that it is not done: open again, with the reason. */
export interface ReturnTask {
  task_id: string
  why: string
}

/**
 * A month (`2026-11`) in a zone, from `from_at` to before `to_at` (ms UTC): of the shows that were to begin in it, all of their logs.
 *
 * `version` of the charter that stands now. `idle`: duties that the log could show and nobody did; `unseen`: those it cannot show. `outside`: what people
 * did that no duty speaks of. `taken`: duties taken in need. `rehearsals` are not counted, `left_out` were too many.
 */
export interface Review {
  month: string
  zone: string
  from_at: number
  to_at: number
  version: number
  shows: ReviewedShow[]
  rehearsals: number
  left_out: number
  duties: DutyDone[]
  idle: string[]
  unseen: string[]
  outside: Counted
  missed: MissedDeadline[]
  missed_all: number
  refused: RefusedBy[]
  loads: Load[]
  responses: Response[]
  proposed: Proposed[]
  taken: Counted
  names: Record<string, string>
  titles: Record<string, string>
}

/**
 * View `review.now`, one row, key `now`: the last `month` gone through ("" none), by whom and when (ms UTC).
 *
 * `people`: person_ids who came, went or hold other roles since. `first_at`: the start of the first show that was no rehearsal, None before
 * there is one: what a month has to be reviewed for.
 */
export interface ReviewNowRow {
  month: string
  by: string
  at: number
  people: string[]
  first_at: number | null
}

/** A show of the month; `events` by people in its log. */
export interface ReviewedShow {
  show_id: string
  title: string
  starts_at: number
  events: number
}

/** End an API token at once. */
export interface RevokeToken {
  token_id: string
}

/** A role as the sheet has it, and as the draft did (None: a new one). */
export interface RoleEdit {
  role: CharterRole
  was: CharterRole | null
}

/** What the caller could do in a role, were they on duty in it on this show as it stands: `holds` it anyway, else `gives` more duties and not these. */
export interface RolePowers {
  role_id: string
  holds: boolean
  gives: string[]
  refused: RefusedDuty[]
}

/**
 * View `channel.rooms`, key channel_id: how much was said there, how much of what was asked nobody took, and how much is done.
 *
 * `older`: messages that no screen shows any more; `newest`: seq of the last one, 0 none.
 */
export interface RoomRow {
  channel_id: string
  messages: number
  open: number
  taken: number
  done: number
  newest: number
  older: number
}

/**
 * One thing to settle before the evening. `show_id` and `title` are of the other show; `rest_s`: what is left between the two.
 *
 * `two_shows`: called to both at once. `rest`: less than ten hours between. `role_missing`: nobody is on duty in a role that must do
 * `duties`, or in the crew of a shift, `shift` by name. `shift_gap`, `shift_crossed`: before that shift there is time of no shift, or of two.
 * `role_lost`, `stand_in_lost`: the person left, or no longer holds what the role takes. `unsigned`: their page of the charter.
 */
export interface RosterConflict {
  kind: 'rest' | 'role_lost' | 'role_missing' | 'shift_crossed' | 'shift_gap' | 'stand_in_lost' | 'two_shows' | 'unsigned'
  role_id: string
  person_id: string
  show_id: string
  title: string
  rest_s: number
  duties: string[]
  shift: string
}

/** What is to be settled in the roster of a show; `looked_at` shows near in time were compared, `more` were not. */
export interface RosterConflicts {
  show_id: string
  conflicts: RosterConflict[]
  looked_at: number
  more: number
}

/** View `roster.gaps`, key role_id: nobody is on duty in a role that must do `duties` of the charter, or that `gone` were on duty in. */
export interface RosterGapRow {
  role_id: string
  duties: string[]
  gone: string[]
}

/**
 * View `roster.board`, key `role_id/person_id`: a person in a role.
 *
 * `on_duty` since `since` (ms UTC), or off since then because of `left`; `came`: how, in the place of `after` ("" nobody's), having
 * said back `said_back`, with the sheet as it stood at `sheet_seq` (0: none); `reason` of a take-over or absence. `call_at` moves with the
 * planned start.
 */
export interface RosterRow {
  role_id: string
  person_id: string
  on_duty: boolean
  since: number
  call_at: number
  call_before_s: number
  checked_in_at: number | null
  stand_in_id: string
  came: 'accepted' | 'assigned' | 'planned' | 'stand_in' | 'taken'
  after: string
  said_back: string[]
  left: '' | 'absent' | 'closed' | 'handed_over' | 'taken'
  reason: string
  offer: OpenOffer | null
  sheet_seq: number
}

/** Reveal the seed and draw. */
export interface RunDraw {
  draw_id: string
  seed: string
  beacon?: string
}

/** The public value that was announced, if one was. */
export interface RunRequest {
  beacon?: string
}

/** Write the figures down as they stand (a timer's command). */
export type SampleFigures = Record<string, never>

/** What was called wrong was right: it may be said again. Allowed while the shop is not asked to take it back, or once it did not. */
export interface SayAgainPromo {
  promo_id: string
}

/** The show that this page may show. */
export interface ScreenAnswer {
  show_id: string
}

/** Look through a batch of comments (done by a follower). */
export interface ScreenBatch {
  batch: number
}

/**
 * Write a batch of audience events into the show's log.
 *
 * Items already seen (by message_id) are left out, those of an instant that cannot be are set aside; both are counted.
 *
 * `missed`: how many the source knows that it could not hand in since the last batch, None when it cannot know;
 * `replies`: the source can bring an answer back to a comment; `moderates`: it can mute viewers and hide comments there;
 * `tells_leaves`: it tells who goes, though nobody may have gone yet.
 */
export interface SealBatch {
  source: string
  room?: string
  items: AudienceItem[]
  lag_ms?: number
  missed?: number | null
  replies?: boolean
  moderates?: boolean
  tells_leaves?: boolean
}

/** The code after the password, with the `step` that answered it. */
export interface SecondStep {
  step: string
  code: string
}

/** Nobody may hold all these duties alone: it takes `people` of them. */
export interface Separation {
  separation_id: string
  duties: string[]
  people?: number
}

/** Where somebody is signed in; `device` "" where it was not said, `here`: the one that asks. Instants in ms UTC, 0 not known. */
export interface SessionLine {
  session_id: string
  device: string
  address: string
  made_at: number
  seen_at: number
  expires_at: number
  here: boolean
}

/** Add a way to a messenger, or change what goes over it. Its kind stays. */
export interface SetBridge {
  bridge_id: string
  kind: 'dingtalk' | 'feishu' | 'line' | 'slack' | 'webhook' | 'wecom'
  name: string
  wants?: 'all' | 'asked' | 'urgent'
  reserve?: boolean
  language?: 'en' | 'zh-Hans' | 'zh-Hant'
  paused?: boolean
}

/** Order a product by these words; none: by its number. */
export interface SetKeywords {
  product_id: string
  keywords: string[]
}

/** Say how many of a product a buyer may have; None: as the sheet says. */
export interface SetLimit {
  product_id: string
  limit: number | null
}

/** A new password for oneself; `current` is the one that is set, where it is asked for. */
export interface SetPassword {
  password: string
  current?: string
}

/**
 * Say how this show takes claims.
 *
 * `was`: what the editor saw. Then only what differs from it is changed, and what somebody else changed meanwhile is refused with
 * both values (claim.policy_conflict). None: all of it becomes so.
 */
export interface SetPolicy {
  policy: PolicyAsked
  was?: PolicyGiven | null
}

/** Signal the host green, yellow or red. */
export interface SetSignal {
  signal: 'green' | 'red' | 'yellow'
}

/** Show each viewer once in so many seconds, on one platform or on all (""); 0 ends it. */
export interface SetSlow {
  action_id: string
  seconds: number
  source?: string
}

/**
 * Say how many may be claimed in all, of a variant or of the product; None: as the sheet says.
 *
 * `was`: how many there were as one saw it (None: not said); where somebody else has changed them since it is refused.
 */
export interface SetStock {
  product_id: string
  variant?: string
  stock: number | null
  was?: number | null
}

/** Set or clear (None) what a figure of the whole show shall reach, in the figure's unit. */
export interface SetTarget {
  metric: string
  value: number | null
}

/** The house's own: what was agreed to ran, or was refused by a rule. */
export interface SettleAsked {
  request_id: string
  seqs?: number[]
  code?: string
  data?: Record<string, string>
}

/** Somebody did on the platform what an action asked of it, and says so; `done` False: the platform did not let them. */
export interface SettleByHand {
  asked: string
  done?: boolean
}

/**
 * An order came, was paid or cancelled: see which claims it took up (by a reaction, not by people).
 *
 * `late`: the order is known already, its buyer may be known only now, and it may have less than it had.
 */
export interface SettleClaims {
  platform: string
  order_id: string
  stage: 'cancelled' | 'checked_out' | 'paid' | 'reduced' | 'restored'
  buyer?: string
  lines?: OrderLineGiven[]
  late?: boolean
}

/** What the platform made of an action it was asked for; `code` "" when it did it. */
export interface SettleModeration {
  action_id: string
  code?: string
}

/**
 * Somebody changed it in the shop's back office, and says so: the promo is `on`, or it is `off`.
 *
 * `done` False: the back office did not let them, and `reason` says why.
 */
export interface SettlePromoByHand {
  promo_id: string
  now: 'off' | 'on'
  done?: boolean
  reason?: string
}

/** The host answered a question on air: so it is answered for all who asked the same. */
export interface SettleQuestion {
  question_id: string
}

/** Somebody wrote the reply on the platform, and says so; `done` False: it will not be written, and the comment stands open again. */
export interface SettleReplyByHand {
  comment_ref: string
  done?: boolean
}

/** Take a warning down: somebody has seen to it. It comes back when it happens again. */
export interface SettleWarning {
  warning: string
}

/**
 * One line, `key` by which it is ticked and asked about. What is not of its kind is "", 0 or None.
 *
 * `subject`: of what it is, as people call it; `text`: in somebody's words; `person_id`: whose it is; `at` (ms UTC): until when, or since.
 */
export interface SheetLine {
  key: string
  kind: 'alarm' | 'draw_open' | 'held' | 'message_open' | 'message_taken' | 'move_proposed' | 'next' | 'note' | 'odd_orders' | 'offer' | 'on_air' | 'oversold' | 'own' | 'promo_coupon' | 'promo_ending' | 'promo_failed' | 'promo_gift' | 'promo_price' | 'promo_proposed' | 'promo_to_shop' | 'question' | 'reply_failed' | 'role_empty' | 'source_silent' | 'stock_low' | 'task_blocked' | 'task_open' | 'trying' | 'waiting'
  subject: string
  text: string
  count: number
  amount_minor: number | null
  currency: string
  at: number | null
  person_id: string
  verdict: string
  ratio: number | null
}

/** Lines of one kind of risk; `more` were too many to say. */
export interface SheetSection {
  name: 'air' | 'crew' | 'holds' | 'open' | 'own' | 'price' | 'promised' | 'stock' | 'tried' | 'trouble'
  lines: SheetLine[]
  more: number
}

/**
 * A part of a long show with a crew of its own: from `from_s` until `to_s`, counted from the planned start and moving with it.
 *
 * With `anchor_at` (ms UTC) they are counted from that instant and stand still. `part` says in own words what of the rundown or which
 * loop it runs; `cue_id` is the cue with which its hosts begin, "" none.
 */
export interface Shift {
  shift_id: string
  name: string
  from_s: number
  to_s: number
  anchor_at: number | null
  crew: ShiftMember[]
  part: string
  cue_id: string
}

/**
 * By shift in their order and by host as they came, and the `whole`, which each of the two comes to.
 *
 * A minute belongs to the shift that it begins in, and to whoever hosted then; money to the minute its order was placed in. People are
 * not split: who watched in two shifts would be counted twice.
 */
export interface ShiftFigures {
  show_id: string
  currency: string
  whole: PartFigures
  shifts: PartFigures[]
  hosts: PartFigures[]
}

/**
 * A part of a long show with a crew of its own: from `from_s` until `to_s`, counted from the planned start and moving with it.
 *
 * With `anchor_at` (ms UTC) they are counted from that instant and stand still. `part` says in own words what of the rundown or which
 * loop it runs; `cue_id` is the cue with which its hosts begin, "" none.
 */
export interface ShiftGiven {
  shift_id: string
  name: string
  from_s: number
  to_s: number
  anchor_at?: number | null
  crew?: ShiftMember[]
  part?: string
  cue_id?: string
}

/** A person in a role, for one shift. */
export interface ShiftMember {
  role_id: string
  person_id: string
}

/**
 * View `roster.shifts`, key shift_id: a shift from `starts_at` until `ends_at` (ms UTC), as planned; `number` 1 is the first.
 *
 * `late`: of a shift that has begun, and whose role somebody else keeps or nobody does.
 */
export interface ShiftRow {
  shift: Shift
  number: number
  starts_at: number
  ends_at: number
  late: Late[]
}

/**
 * Move every fixed time of cues that have not been on air as much later (earlier when negative) as the show now begins.
 *
 * `was`: the fixed times by cue_id as whoever asks saw them; two people pressing at once move them once (rundown.shift_stale). Without it
 * they are moved from wherever they are.
 */
export interface ShiftStarts {
  later_ms: number
  was?: Record<string, number> | null
}

/** The new show; how many commands prepared it, and what it lacks. */
export interface ShowCopied {
  show_id: string
  carried: number
  refused: NotCarried[]
}

/**
 * What who asks may do in a show now, by the `version` it goes by and the `phase` it is in: their duties, sorted; `consoles` by role.
 *
 * `asks`: by duty the roles that must agree first. `stands_in`: the roles of others that they are on duty in.
 */
export interface ShowDuties {
  show_id: string
  version: number
  phase: 'after' | 'before' | 'on_air'
  duties: string[]
  consoles: Record<string, string[]>
  asks: Record<string, string[]>
  stands_in: string[]
}

/** View `show.head`, one row, key `show`. `state` is planned, live or ended. */
export interface ShowRow {
  show_id: string
  title: string
  state: 'ended' | 'live' | 'planned'
  starts_at: number
  ends_at: number
  timezone: string
  currency: string
  goal_gmv_minor: number
  theme: string
  channel: string
  crew: CrewMember[]
  aired_at: number | null
  ended_at: number | null
  rehearsal: boolean
  simulated: boolean
}

/**
 * What a show came to: its raw counters at the end, and how its sums grew (`course`, see kaibo/analysis/course.py).
 *
 * Who is counted once however often (viewers, buyers) has no course; nor have summaries of before there was one.
 */
export interface ShowSummary {
  show_id: string
  title: string
  ended_at: number
  currency: string
  raw: Record<string, number>
  course?: Record<string, number[]>
}

/** Sign one's own page of the published version. */
export interface SignCharter {
  version: number
}

/** Name and password. */
export interface SignIn {
  name: string
  password: string
}

/** View `charter.signatures`, key person_id: whether a member signed the page of the version that stands, as it reads for their roles. */
export interface SignatureRow {
  person_id: string
  version: number
  signed: boolean
}

/** Who is signed in, with the CSRF value for changes; or nobody yet, and the `step` that goes with the code which is asked for next. */
export interface SignedIn {
  person_id: string
  csrf: string
  step: string
}

/**
 * What is left of a size with stock of its own; `variant` "": of all others together. `left` None: without end.
 *
 * `oversold`: units promised beyond what there is of it.
 */
export interface SizeLeft {
  variant: string
  left: number | null
  oversold: number
}

/** Pass over a cue that is not on air (or take that back). */
export interface SkipCue {
  cue_id: string
  skipped?: boolean
}

/** These views as they are at `seq`, whole; `at` is the server's clock (ms UTC). */
export interface Snapshot {
  type: 'snapshot'
  stream: string
  seq: number
  at: number
  views: Record<string, Table>
}

/**
 * View `audience.sources`, key `source/room` (`source` where there is no room): how much came, how late, how often twice.
 *
 * `first_at` and `sealed_at`: the server's clock at the first and the last word of the source; `last_at`: platform time of
 * its newest item. It is out when it said nothing for `quiet_after_ms`, told from its own rhythm (`usual_ms`), while
 * `open` (the show takes viewers) and not `finished_at` (it said that it is at its end). `silent_ms`, `outages`: all the times that it was out and came back.
 * `beats`: it says so when it has nothing to say. `misses`: its silence is an outage, because it beats or speaks often; of another
 * nobody can tell whether it is quiet or cut off.
 * `refused`: what could not be taken, `refused_codes` for which reasons; `skew_ms`: its clock is so far ahead, and set right here;
 * `moved`: items of the future that were taken at the moment they were told; `behind_ms`: its clock is so far behind, and set right too.
 * `orders`: what it told of orders; `before_air` of them were placed before the show, as far as anybody can tell, and are no orders of it.
 * `missed`: items it knows it lost, None when it cannot know; `replies`: it brings answers back; `moderates`: it mutes and hides.
 */
export interface SourceRow {
  source: string
  room: string
  events: number
  comments: number
  duplicates: number
  late: number
  missed: number | null
  lag_ms: number
  first_at: number
  last_at: number
  sealed_at: number
  usual_ms: number
  quiet_after_ms: number
  silent_ms: number
  outages: number
  replies: boolean
  moderates: boolean
  open: boolean
  finished_at: number | null
  beats: boolean
  misses: boolean
  refused: number
  refused_codes: Record<string, number>
  skew_ms: number
  moved: number
  behind_ms: number
  orders: number
  before_air: number
}

/**
 * View `metric.spend`, key spend_id. `roi` is what the ad platform claims: its amount over the cost; `move_id` the move it was for.
 *
 * `impressions`, `clicks` and `gmv_minor` are None where nobody told: only the cost was entered.
 */
export interface SpendFigureRow {
  spend_id: string
  at: number
  channel: string
  cost_minor: number
  impressions: number | null
  clicks: number | null
  gmv_minor: number | null
  note: string
  entered_by: string
  entered_at: number
  roi: number | null
  cpc_minor: number | null
  move_id: string
}

/**
 * Money spent on one ad plan. `at` is the instant it is entered for (ms UTC); `gmv_minor` what the ad platform claims.
 *
 * `impressions`, `clicks`, `gmv_minor`: None where nobody told.
 *
 * `move_id`: the approved move of an alarm that it was spent for, "" for none; a move is paid for by one row.
 */
export interface SpendRow {
  spend_id: string
  at: number
  channel: string
  cost_minor: number
  impressions: number | null
  clicks: number | null
  gmv_minor: number | null
  note: string
  move_id: string
}

/**
 * Money spent on one ad plan. `at` is the instant it is entered for (ms UTC); `gmv_minor` what the ad platform claims.
 *
 * `impressions`, `clicks`, `gmv_minor`: None where nobody told.
 *
 * `move_id`: the approved move of an alarm that it was spent for, "" for none; a move is paid for by one row.
 */
export interface SpendRowGiven {
  spend_id: string
  at: number
  channel: string
  cost_minor: number
  impressions?: number | null
  clicks?: number | null
  gmv_minor?: number | null
  note?: string
  move_id?: string
}

/** View `workspace.staff`, key `source/pseudonym`: an account of somebody of the team; `by` marked it at `at`. */
export interface StaffRow {
  source: string
  viewer: string
  name: string
  by: string
  at: number
}

/**
 * Stand by to change with the cue of the shift: when both do and it goes, the one goes and the other is on duty.
 *
 * Who comes says back three things here, as in `roster.accept`.
 */
export interface StandBy {
  offer_id: string
  said_back?: string[]
}

/**
 * View `standby.board`, key cue_id: the last call of a cue, `word` by `by` at `asked_at` (ms UTC), until `ended_at` (0: open).
 *
 * `replies`: the roles in the order they were asked. `ready` of `asked`: roles that said so, of those somebody is in; `missing`: the others of those; `uncovered`: roles nobody is in.
 * `says`: by role, what the cue has for it to do, where it has a column of its own.
 */
export interface StandbyRow {
  cue_id: string
  word: 'standby' | 'warning'
  by: string
  asked_at: number
  state: 'ended' | 'open' | 'went'
  ended_at: number
  replies: Reply[]
  ready: number
  asked: number
  missing: string[]
  uncovered: string[]
  says: Record<string, string>
}

/** What the app is given: a secret to type, or `qr`, a drawing (SVG) of `address` to photograph. Nothing is asked before a code confirmed it. */
export interface StepBegun {
  secret: string
  address: string
  qr: string
}

/**
 * View `claim.stock`, key `product_id/variant`; `product_id/` is the product as a whole.
 *
 * Units: `stock` there were, `held` by claims, `ordered`, `left` (None: without end; below nought when more was promised than there
 * is), `oversold` (promised beyond what each pool has), `claimed` ever, `waits`.
 * `limit`: how many a buyer may have (None: as many as there are). `pace` units that went in the minute before `paced_at` (ms UTC); `empty_at`: when nothing will be left at that pace,
 * None once the show is over, and while fewer than five buyers took some in the last two minutes or nobody did before them. `buyers` of those two
 * minutes, twenty at most.
 */
export interface StockRow {
  product_id: string
  variant: string
  name: string
  keywords: string[]
  price_minor: number | null
  currency: string
  stock: number | null
  held: number
  ordered: number
  left: number | null
  claimed: number
  waits: number
  limit: number | null
  pace: number
  paced_at: number
  empty_at: number | null
  sold_out: boolean
  open: boolean
  oversold: number
  buyers: number
}

/** Take a duty out of the draft. */
export interface StrikeDuty {
  duty_id: string
}

/** Take a role out of the draft, with its cells. */
export interface StrikeRole {
  role_id: string
}

/** One thing that lacks it: a cue by its `place`, or a product; `column` is where it is mended. `text`: which words or which code; `count`: how many. */
export interface Subject {
  cue_id: string
  product_id: string
  place: number
  name: string
  column: string
  text: string
  count: number
}

/** Show me these views of a stream; the value is the last seq I have, or null. Replaces my subscription to the stream. */
export interface Subscribe {
  type: 'subscribe'
  stream: string
  views: Record<string, number | null>
}

/** An answer at hand. `source` is sheet, show (given this evening) or team (an earlier show, `show_title`). */
export interface Suggestion {
  answer: string
  question: string
  source: 'sheet' | 'show' | 'team'
  product_id: string
  show_title: string
}

/** Write down what the show came to (a timer's command, at the end and seven days after). */
export type SummariseShow = Record<string, never>

/** Sweep the files though shows are on air: GO and comments wait as long as the log takes to be written. */
export type SweepNow = Record<string, never>

/** Rows of a view by key, encoded once for everybody; null: the row is gone. */
export interface Table {
  rows: Record<string, unknown>
}

/** Take back a promo that is wrong, also while the shop has not answered yet; the host is told at once not to say it. */
export interface TakeBackPromo {
  promo_id: string
  reason?: string
}

/** Let a show that goes by an older charter go by the published one from now on. */
export type TakeCharter = Record<string, never>

/** In need: may give the commands of `duty` (`promo.approve`) for so many minutes, at most until the show ends; everybody is told why. */
export interface TakeDuty {
  taking_id: string
  taken: string
  reason: string
  minutes?: number
}

/** Keep what earlier shows came to (done by a reaction). */
export interface TakeHistory {
  shows: ShowSummary[]
  buyers?: string
  buyers_shows?: number
}

/** I do it. `after`: the person who has it, when somebody does: it is taken over in front of everybody, and never by mistake. */
export interface TakeMessage {
  message_id: string
  after?: string
}

/**
 * Take in what viewers ordered while the show took no claims, in the order of platform time, and take claims from now on.
 *
 * `take` False: leave it, and go on as before.
 */
export interface TakeMissed {
  take?: boolean
}

/** 「我來接」 in need: be on duty in a role from now on, in the place of `from_person_id` ("" where nobody is), for a reason all are told. */
export interface TakeRole {
  role_id: string
  from_person_id?: string
  reason: string
}

/** Go by these lists from now on, all of them (done by a follower). */
export interface TakeRules {
  rules: WordRuleGiven[]
  allowed: string[]
}

/** Say that one does it. */
export interface TakeTask {
  task_id: string
}

/**
 * View `duty.takings`, key taking_id: a duty somebody took in need at `at`, until `until` (ms UTC), acting in their role `role_id`.
 *
 * `ended_at` None while it stands, else how (`ended`) and by whom. `answers`: the roles that answer for it; `on_duty`: who could have done
 * it. `events`: how many events stand in the log because of it, the first of them by seq in `seqs`.
 */
export interface TakingRow {
  taking_id: string
  duty: string
  person_id: string
  role_id: string
  reason: string
  at: number
  until: number
  ended_at: number | null
  ended: '' | 'given_back' | 'lapsed' | 'show_ended'
  ended_by: string
  answers: string[]
  on_duty: string[]
  events: number
  seqs: number[]
}

/**
 * View `comment.stream`, key `tally`: what the rows are a sample of.
 *
 * `count`: comments that answer to the question, exact, since `since_at` (ms UTC): the whole show, or for words and
 * viewers what is in memory. `matched` of those in memory, `sampled` of which were chosen for screens.
 */
export interface TallyRow {
  count: number
  since_at: number
  matched: number
  sampled: number
}

/**
 * What is to be done. `role_id` is one of the charter; `person_id` "" leaves it to whoever holds the role.
 *
 * `offset_s`: due so much after the show's planned start, negative before: it moves with the start. `required` ones count for readiness.
 * `depends_on` are task_ids that come first. `proof`: a tick is enough, or a note or link must be left, or a photo or file. `template`: the key it was made from.
 * `hurried`: it was due before it was planned, and is to be done at once: the show was planned so late.
 */
export interface Task {
  title: string
  role_id: string
  person_id: string
  offset_s: number
  required: boolean
  checklist: CheckLine[]
  depends_on: string[]
  proof: 'note' | 'photo' | 'tick'
  template: string
  hurried: boolean
}

/**
 * View `task.counts`, one row, key `tasks`, while there are tasks: what a show's readiness asks of them.
 *
 * `hurried`: open and to be done at once, being planned so late; `left_out`: of the template, and never planned here.
 */
export interface TaskCountsRow {
  all: number
  done: number
  blocked: number
  required: number
  required_done: number
  hurried: number
  left_out: number
}

/** A task as the sheet has it, and as the show did (None: a new one). */
export interface TaskEdit {
  task_id: string
  task: Task
  was: Task | null
}

/** A photo or a document left with a task: `digest` (SHA-256, hex) of its bytes, under which the house keeps it; `kind` its media type. */
export interface TaskFile {
  digest: string
  name: string
  kind: string
  size_bytes: number
}

/**
 * What is to be done. `role_id` is one of the charter; `person_id` "" leaves it to whoever holds the role.
 *
 * `offset_s`: due so much after the show's planned start, negative before: it moves with the start. `required` ones count for readiness.
 * `depends_on` are task_ids that come first. `proof`: a tick is enough, or a note or link must be left, or a photo or file. `template`: the key it was made from.
 * `hurried`: it was due before it was planned, and is to be done at once: the show was planned so late.
 */
export interface TaskGiven {
  title: string
  role_id: string
  person_id?: string
  offset_s: number
  required?: boolean
  checklist?: CheckLine[]
  depends_on?: string[]
  proof?: 'note' | 'photo' | 'tick'
  template?: string
  hurried?: boolean
}

/** What a sheet says otherwise than the show, to be sent as commands once somebody said yes; and the report of what was understood. */
export interface TaskImport {
  report: ImportReport
  edits: TaskEdit[]
}

/**
 * View `task.list`, key task_id. `due_at` (ms UTC) follows the show's planned start; whether that is past a screen's clock says.
 *
 * `by` whom and `at` when its state last changed, `taken_by` who does it; `ticked` are line_ids; `waits_for` task_ids that come first and are open.
 * `why`: of what it is blocked, or was sent back; `whom`, `on_person_id`: on whom it waits.
 * `held`: what will make it late; its own `due_at` never moves for that.
 */
export interface TaskRow {
  task_id: string
  task: Task
  due_at: number
  state: 'blocked' | 'doing' | 'done' | 'open'
  by: string
  at: number
  taken_by: string
  ticked: string[]
  waits_for: string[]
  why: string
  whom: string
  on_person_id: string
  evidence: string
  files: TaskFile[]
  held: HeldUp | null
}

/** The house's words for titles and lines of its template, by key, in the language of who asks. */
export interface TaskWords {
  titles: Record<string, string>
}

/** A show that one has open tasks in, those due first first; `counts` is of the whole show, `first` the titles of what they wait for by task_id. */
export interface TasksOfShow {
  show_id: string
  title: string
  state: 'ended' | 'live' | 'planned'
  rehearsal: boolean
  starts_at: number
  timezone: string
  counts: TaskCountsRow | null
  tasks: TaskRow[]
  first: Record<string, string>
}

/** A table of the report in the words of who asks: a kind for each column (count, money in minor units, instant and length in ms, text). */
export interface TeamTable {
  title: string
  note: string
  heads: string[]
  kinds: string[]
  rows: ((string | number | null)[])[]
}

/** Note how many questions wait for longer than a minute (a timer's command). */
export type TellLateQuestions = Record<string, never>

/** What came of it. */
export interface TellLetters {
  letter_ids: string[]
  outcome: 'confirmed' | 'failed' | 'limited' | 'sent' | 'unknown' | 'unreached'
  code?: string
  remote_id?: string
  until?: number
}

/** The house's own: what nobody took in time is also the next one's. */
export type TendChannel = Record<string, never>

/**
 * Release holds that are over, offer what is free to those who wait, say what is sold out (by a timer).
 *
 * `since` is the seq of the event that made it necessary, so that two needs of one millisecond are two.
 */
export interface TendClaims {
  since?: number
}

/** Try again what waited long enough, and let go of what is too old. */
export type TendOutbox = Record<string, never>

/** Tick a line of the checklist, or take the tick back. */
export interface TickLine {
  task_id: string
  line_id: string
  ticked?: boolean
}

/** Say of a line of the hand-over sheet that one has seen it, or not. */
export interface TickSheetLine {
  offer_id: string
  line: string
  ticked?: boolean
}

/**
 * View `metric.tiles`, key = name of a figure of docs/metrics.md.
 *
 * `value` whole show, `last_10` / `prev_10` the two ten-minute windows that end at the newest minute seen (for online: its
 * mean there), `change` of the one against the other, as a share, as if they were as long on air, `median_7` the median of what the workspace's last `median_shows` shows came to, `target` what was set.
 * `median_same_time`: a sum, as it stood in those shows after as long on air as this one; else what the whole shows came to.
 * `unit` is minor, count, number, ratio, times or seconds. What nobody can know is None: a ratio over nothing, a window before the
 * first thing that happened, a median without earlier shows. `numerator` / `denominator` are the counters of a ratio.
 * `mixed`: its two counters are not of one crowd there. It is None where it would be more than all, or where below the line only some of
 * the people stand, because not all sources tell who comes in; buyers whom no source of viewers knows, or whose source does not tell what
 * stands below (clicks), are a share with the mark. `partly`: it is of the viewers of those alone that do. `instead`: the counter that
 * stands in for that of the figure. What orders come to is known `as_of` (the server's clock), and stands still from `final_at` on (None
 * while the show is not over).
 * What no source tells of is None in all of them, and `untold` says what would have to be told. With a value, it stands on the assumption
 * that nothing of this happened (nobody left); `untold_windows`: both windows alone do.
 * `error` is the relative standard error: 0 while exact. `at` is the newest instant heard of.
 */
export interface TileRow {
  value: number | null
  last_10: number | null
  prev_10: number | null
  change: number | null
  unit: 'count' | 'minor' | 'number' | 'ratio' | 'seconds' | 'times'
  currency: string
  at: number
  numerator: number | null
  denominator: number | null
  median_7: number | null
  median_shows: number
  median_same_time: boolean
  target: number | null
  error: number
  mixed: ('last_10' | 'prev_10' | 'value')[]
  as_of: number
  final_at: number | null
  untold: ('buyer' | 'click' | 'comment' | 'enter' | 'everybody' | 'follow' | 'impression' | 'join' | 'leave' | 'like' | 'order' | 'share' | 'view' | 'viewer')[]
  untold_windows: ('buyer' | 'click' | 'comment' | 'enter' | 'everybody' | 'follow' | 'impression' | 'join' | 'leave' | 'like' | 'order' | 'share' | 'view' | 'viewer')[]
  partly: boolean
  instead: string
}

/** The token itself, shown this once. */
export interface TokenAnswer {
  token_id: string
  token: string
}

/** A label to know the token by, the roles it holds, the one show it is for ("" for all) and when it ends (ms UTC, None for no end). */
export interface TokenRequest {
  label: string
  roles: string[]
  show_id?: string
  expires_at?: number | null
}

/** One API token; key is token_id. Revoked tokens leave the table. `show_id` "" for all, `expires_at` None for no end. */
export interface TokenRow {
  token_id: string
  label: string
  roles: string[]
  issued_at: number
  show_id: string
  expires_at: number | null
}

/** When a token opened something last (ms UTC, 0 never) and from where. */
export interface TokenUse {
  token_id: string
  seen_at: number
  address: string
}

/** Of every token that opens something. */
export interface TokenUses {
  tokens: TokenUse[]
}

/** View `asking.told`, key the seq: at `at` (ms UTC) somebody gave a command of `duty`, of which people of `roles` are told. */
export interface ToldRow {
  duty: string
  person_id: string
  role_id: string
  roles: string[]
  at: number
}

/**
 * View `comment.topics`, key = product and what is asked, as the desk has it: how often it was asked, handed to the host and answered.
 *
 * `text` is how it was asked first, `sample_refs` the first addresses `seq:index`; `answered_by` is who answered it first.
 */
export interface TopicRow {
  answered_by: string
  answered_at: number | null
  text: string
  count: number
  handed: number
  answered: number
  product_id: string
  first_at: number
  sample_refs: string[]
}

/**
 * `now` and `later` are how often the coin said which. `ratio` of the typical change with the move to that without, None while one side is empty.
 *
 * `verdict` by the share of all ways in which the same coins could have fallen that differ at least as much (exact, no shape of chance
 * is supposed), of many tosses by Welch's test; `more`: about so many further tosses would tell an increase by half, None where they tell.
 */
export interface Tossed {
  now: number
  later: number
  ratio: number | null
  verdict: 'down' | 'no_clear_effect' | 'too_little' | 'up'
  more: number | null
}

/** What the messenger said to a first message: `code` in its own words. */
export interface Tried {
  outcome: 'confirmed' | 'failed' | 'limited' | 'sent' | 'unknown' | 'unreached'
  code: string
}

/** Take a person off a role, while the show is planned. */
export interface UnassignPerson {
  role_id: string
  person_id: string
}

/** Say that it can go on. */
export interface UnblockTask {
  task_id: string
}

/** Take an action back: everything stands as if it had not been done. */
export interface UndoAction {
  action_id: string
  undoes: string
}

/** Take the last GO (or jump) back within five seconds: the cue before it goes on as if nothing had been. `expect_cue_id`: what went. */
export interface UndoGo {
  expect_cue_id: string
}

/** Take a change of the lists back. */
export interface UndoWords {
  action_id: string
  undoes: string
}

/**
 * View `claim.unlisted`, key `product_id/variant` as orders name them.
 *
 * `why` product: it is not on the list, and its `units` come off no stock; variant: the product (`name`) does not come so, and they
 * come off the product's.
 */
export interface UnlistedRow {
  product_id: string
  variant: string
  name: string
  units: number
  why: 'product' | 'variant'
}

/** Hear a viewer again. What they wrote meanwhile stays hidden; undo the mute to have it back. */
export interface UnmuteViewer {
  action_id: string
  source: string
  viewer: string
}

/** Take the line away that stands. */
export interface UnpinNote {
  note_id: string
}

/** No more of this stream. */
export interface Unsubscribe {
  type: 'unsubscribe'
  stream: string
}

/** Add the tasks of the shipped template that are not there yet. */
export type UseTemplate = Record<string, never>

/** A snapshot of a view: rows by key at `seq` of the log; `at` is the server's clock (ms UTC). */
export interface ViewAnswer {
  seq: number
  at: number
  rows: Record<string, unknown>
}

/** What is left waits for the end of these shows; for none, it is done. */
export interface WaitErasure {
  erasure_id: string
  show_ids?: string[]
  why?: 'file' | 'words'
}

/** Tell those who watch over the house what it noticed about itself; what stands already with the same data is not told again. */
export interface WarnHouse {
  warning: string
  data: Record<string, string>
}

/** View `workspace.warnings`, key `warning`: what the house noticed about itself and nobody has seen to; `times` since it first came, newest `at`. */
export interface WarningRow {
  warning: string
  data: Record<string, string>
  times: number
  at: number
}

/** Where a bridge leads. `secret` None keeps the one there is, while it leads to the same host; `url` "" is the messenger's own address, where it has one. */
export interface WayAsked {
  url?: string
  secret?: string | null
  target?: string
}

/** A bridge that leads somewhere since `set_at` (ms UTC): to which `host` and room (`target`), whether with a secret. The address and the secret stay in the house. */
export interface WayLine {
  bridge_id: string
  host: string
  target: string
  secret: boolean
  set_at: number
}

/** The bridges that lead somewhere. */
export interface WayLines {
  ways: WayLine[]
}

/**
 * Which events a number comes from: fact tags, and instants (ms UTC, the end not included); None: whenever they were told.
 *
 * What is placed before going on air, or paid and given back after the end, is told then: a number of the whole show has no bounds.
 */
export interface Where {
  types: string
  from_at: number | null
  to_at: number | null
}

/** Rows by key, newest first, of a table without its limit, at `seq` of the log. `total` rows there are, `found` of them fit. */
export interface WholeAnswer {
  seq: number
  total: number
  found: number
  rows: Record<string, unknown>
}

/**
 * Whether somebody with `roles` may give the commands of `duty`: `role` the one that carries it, or that who asks stands in for; None when none does.
 *
 * `version` of the charter (0: the table the house came with), the `phase` it is asked for, None of the house. `rows` are the duties
 * of the charter behind it, in this phase or (`elsewhere`) in others; `people` who can.
 * `kept`: no charter decides it, it is the owner's. `need`: what keeps who asks from taking it in need now, "" nothing does; None where
 * it was asked for another role or a past second.
 */
export interface Why {
  duty: string
  roles: string[]
  role: string | null
  version: number
  phase: 'after' | 'before' | 'on_air' | null
  kept: boolean
  rows: WhyRow[]
  holders: string[]
  people: Able[]
  need: '' | 'forbidden' | 'held' | 'kept' | 'not_on_air' | 'separated' | null
}

/** Buyers by `source/pseudonym` whose name or id holds the words, heard last first, 20 at most of `found`; `seq` of the log it was read at. */
export interface WhyAnswer {
  seq: number
  found: number
  buyers: Record<string, BuyerRow>
}

/** The `code` of the rule that refused it, and what it says; both "" where none did. */
export interface WhyNotDone {
  code: string
  message: string
}

/** A duty of the charter that is about it in that phase: `cells` of the roles of who asks, `does` and `answers` the roles that hold it. */
export interface WhyRow {
  duty_id: string
  title: string
  cells: Record<string, 'A' | 'C' | 'CF' | 'I' | 'R' | 'RA' | 'X'>
  does: string[]
  answers: string[]
  elsewhere: ('after' | 'before' | 'on_air')[]
}

/** `rank` from 0 in the order of the draw, without those who were passed over. */
export interface Winner {
  rank: number
  prize: string
  key: string
  name: string
}

/** Who asked no longer wants it. */
export interface WithdrawAsked {
  request_id: string
}

/** Take back what one wrote. */
export interface WithdrawMessage {
  message_id: string
}

/** Keep what one offered. */
export interface WithdrawOffer {
  offer_id: string
}

/** Take one's own proposal back. */
export interface WithdrawPromo {
  promo_id: string
}

/** Say that it is not ready after all. */
export type WithdrawReady = Record<string, never>

/** View `moderation.words`, key rule_id: a line of the list, what it caught in this show, and how much of that people let go. */
export interface WordRow {
  rule: WordRule
  caught: number
  released: number
}

/**
 * One line of a word list.
 *
 * `kind` pattern is a regular expression (RE2: no look-around, no backreferences). `does`: mark shows the comment with a
 * mark; hide takes it from the screens; mute also hides what its author writes in the next `mute_minutes`. `platforms`: the sources it holds
 * for, none named for all.
 */
export interface WordRule {
  rule_id: string
  text: string
  kind: 'pattern' | 'word'
  match: 'exact' | 'loose' | 'sound'
  does: 'hide' | 'mark' | 'mute'
  platforms: string[]
  mute_minutes: number
}

/**
 * One line of a word list.
 *
 * `kind` pattern is a regular expression (RE2: no look-around, no backreferences). `does`: mark shows the comment with a
 * mark; hide takes it from the screens; mute also hides what its author writes in the next `mute_minutes`. `platforms`: the sources it holds
 * for, none named for all.
 */
export interface WordRuleGiven {
  rule_id: string
  text: string
  kind?: 'pattern' | 'word'
  match?: 'exact' | 'loose' | 'sound'
  does?: 'hide' | 'mark' | 'mute'
  platforms?: string[]
  mute_minutes?: number
}

/** View `workspace.head`, one row, key `workspace`: the name people see. */
export interface WorkspaceRow {
  name: string
}

/**
 * Whether the platform, and a viewer of this pseudonym on it, are known, and what would be erased.
 *
 * `platforms` are those known; `alike` a few viewers where this one is not, `alike_more` how many are left off. `names` they wrote
 * under; `comments` not erased yet, `copies`: facts elsewhere with a copy or the name, in `shows` shows. `on_air`: those of them that come after their end.
 */
export interface WouldErase {
  platform_known: boolean
  viewer_known: boolean
  platforms: string[]
  alike: AlikeViewer[]
  alike_more: number
  names: string[]
  comments: number
  copies: number
  shows: number
  on_air: string[]
}

/** Add a duty to the draft, or change one; `was` is the duty as it was seen, None for a new one. Its cells are changed with it. */
export interface WriteDuty {
  row: CharterDutyGiven
  was?: CharterDutyGiven | null
}

/** Add a role to the draft, or change one; `was` is the role as it was seen, None for a new one. */
export interface WriteRole {
  role: CharterRoleGiven
  was?: CharterRoleGiven | null
}
