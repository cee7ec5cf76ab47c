import { catalogue } from '../../i18n/text.ts'

export const text = catalogue(
  {
    title: '知识库',
    intro: '助手回答所引用的作业规程与手册。',
    document: '文档',
    language: '语言',
    'lang.zh': '中文',
    'lang.en': '英文',
    contents: '目录',
    back: '返回知识库',
  },
  {
    title: 'Knowledge',
    intro: 'Procedures and manuals that the assistant cites.',
    document: 'Document',
    language: 'Language',
    'lang.zh': 'Chinese',
    'lang.en': 'English',
    contents: 'Contents',
    back: 'Back to knowledge',
  },
)
