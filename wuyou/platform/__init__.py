"""What every package of the trade stands on: Django, known once and here.

Nouns: Service 办理, AuditEvent 审计记录, Job 后台任务, ImportBatch 导入批次, StoredFile 文件, SealedField 加密字段,
Export 导出. It knows no noun of the trade: a word like 侨联 in here is in the wrong room. All packages above may call it.
"""
