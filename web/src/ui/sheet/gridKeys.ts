import type { ComposerTranslation } from 'vue-i18n'
import { useFixedKeys, type FixedKey } from '../keys'

/** The keys of a grid, for the sheet of keys: the grid itself answers them. */
export function useGridKeys(t: ComposerTranslation, grid: { readonly?: boolean | undefined; movable?: boolean | undefined }): void {
  useFixedKeys(() => [
    ...reading(t),
    ...(grid.readonly === true ? [] : writing(t)),
    ...(grid.readonly !== true && grid.movable === true ? [{ keys: ['alt+up', 'alt+down'], label: t('sheet.key.move') }] : []),
  ])
}

const reading = (t: ComposerTranslation): FixedKey[] => [
  { keys: ['up', 'down', 'left', 'right'], label: t('sheet.key.go') },
  { keys: ['mod+up', 'home', 'end'], label: t('sheet.key.far') },
  { keys: ['shift+up', 'shift+down'], label: t('sheet.key.select') },
  { keys: ['mod+a'], label: t('sheet.key.all') },
  { keys: ['mod+c'], label: t('sheet.key.copy') },
]

const writing = (t: ComposerTranslation): FixedKey[] => [
  { keys: ['enter', 'f2'], label: t('sheet.key.edit') },
  { keys: ['mod+v'], label: t('sheet.key.paste') },
  { keys: ['delete'], label: t('sheet.key.clear') },
  { keys: ['insert'], label: t('sheet.key.insert') },
  { keys: ['mod+d'], label: t('sheet.key.duplicate') },
  { keys: ['mod+delete'], label: t('sheet.key.remove') },
  { keys: ['mod+z'], label: t('sheet.key.undo') },
]
