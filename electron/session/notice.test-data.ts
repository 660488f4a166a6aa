import type { NoticeView } from '../../shared/contract/index.ts'

/** A notice for tests, in few words. */
export const sampleNotice: NoticeView = {
  edition: '2026-1',
  reads: { key: 'notice.2026-1.reads', text: 'Họ tên' },
  notRead: { key: 'notice.2026-1.notRead', text: 'Ảnh' },
  purpose: { key: 'notice.2026-1.purpose', text: 'Điền sẵn' },
  recipients: { key: 'notice.2026-1.recipients', text: 'Cơ quan' },
  kept: { key: 'notice.2026-1.kept', text: 'Xóa' },
  rights: { key: 'notice.2026-1.rights', text: 'Không đồng ý cũng được' },
}
