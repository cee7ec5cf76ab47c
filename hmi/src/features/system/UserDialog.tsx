/** Creates a user, or changes role, password and whether they may sign in. */

import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import { type Lang, ROLES, type Role, type User } from '@millwright/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useLang, useShared, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { text } from './text.ts'

const NAME = /^[A-Za-z0-9._-]{1,64}$/
const LEAST = 10

export function UserDialog({ user, onClose }: { readonly user: User | undefined; readonly onClose: () => void }) {
  const t = useText(text)
  const shared = useShared()
  const { lang: mine } = useLang()
  const cache = useQueryClient()
  const [name, setName] = useState(user?.name ?? '')
  const [role, setRole] = useState<Role>(user?.role ?? 'operator')
  const [lang, setLang] = useState<Lang>(user?.lang ?? mine)
  const [password, setPassword] = useState('')
  const [allowed, setAllowed] = useState(!(user?.disabled ?? false))
  const done = () => {
    void cache.invalidateQueries({ queryKey: ['listUsers'] })
    void cache.invalidateQueries({ queryKey: ['listAudit'] })
    onClose()
  }
  const create = useChange('createUser', done)
  const change = useChange('changeUser', done)
  const named = NAME.test(name)
  const strong = password.length >= LEAST
  return (
    <ReasonDialog
      title={user === undefined ? t('user.create') : t('user.change', { name: user.name })}
      confirm={user === undefined ? t('user.create') : t('user.save')}
      onClose={onClose}
      pending={create.isPending || change.isPending}
      error={create.error ?? change.error}
      ready={user === undefined ? named && strong : password === '' || strong}
      onConfirm={reason => {
        if (user === undefined) create.mutate({ body: { name, role, lang, password, reason } })
        else
          change.mutate({
            params: { id: user.name },
            body: {
              reason,
              ...(role === user.role ? {} : { role }),
              ...(password === '' ? {} : { password }),
              ...(allowed === !user.disabled ? {} : { disabled: !allowed }),
            },
          })
      }}
    >
      {user === undefined ? (
        <TextInput
          label={t('user.name')}
          description={t('user.nameRule')}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          error={name !== '' && !named}
          data-autofocus
        />
      ) : null}
      <Select
        label={t('user.role')}
        allowDeselect={false}
        value={role}
        data={ROLES.map(value => ({ value, label: shared(`role.${value}`) }))}
        onChange={value => setRole(ROLES.find(item => item === value) ?? role)}
      />
      {user === undefined ? (
        <Select
          label={t('user.lang')}
          allowDeselect={false}
          value={lang}
          data={(['zh', 'en'] as const).map(value => ({ value, label: shared(`lang.${value}`) }))}
          onChange={value => setLang(value === 'zh' ? 'zh' : 'en')}
        />
      ) : null}
      <PasswordInput
        label={user === undefined ? t('user.password') : t('user.newPassword')}
        autoComplete="new-password"
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
        error={password !== '' && !strong}
      />
      {user === undefined ? null : (
        <Switch
          label={t('user.allow')}
          size="md"
          checked={allowed}
          onChange={event => setAllowed(event.currentTarget.checked)}
        />
      )}
    </ReasonDialog>
  )
}
