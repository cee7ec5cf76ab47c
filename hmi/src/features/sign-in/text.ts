import { catalogue } from '../../i18n/text.ts'

export const text = catalogue(
  {
    title: '登录',
    tagline: '工业制造智能套件',
    name: '用户名',
    password: '密码',
    submit: '登录',
    unavailable: '工厂服务器没有应答。',
  },
  {
    title: 'Sign in',
    tagline: 'Industrial manufacturing intelligence suite',
    name: 'User name',
    password: 'Password',
    submit: 'Sign in',
    unavailable: 'The plant server does not answer.',
  },
)
