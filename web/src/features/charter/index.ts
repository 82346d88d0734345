import { defineAsyncComponent } from 'vue'

export { bands } from './charter'
export { default as CharterEffects } from './CharterEffects.vue'
export { default as CharterFindings } from './CharterFindings.vue'
export { default as CharterGrid } from './CharterGrid.vue'
export const CharterImport = defineAsyncComponent(() => import('./CharterImport.vue'))
export { default as CharterQuestions } from './CharterQuestions.vue'
export { default as DutyForm } from './DutyForm.vue'
export { default as MemberPage } from './MemberPage.vue'
export { default as RoleForm } from './RoleForm.vue'
export { useCharter } from './useCharter'
export { paperAddress, useMemberPage } from './useMemberPage'
export { WORKSPACE } from './workspace'
