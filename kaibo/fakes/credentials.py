"""What every fake lets in, and whom it knows. None of it opens anything else, so it may stand in settings, tests and documents."""
# ruff: noqa: S105  they are meant to be known

SLACK_TOKEN = "xoxb-fake-token"
SLACK_CHANNEL = "C0FAKESHOW"  # as every id of this form: C, D or G and capitals or digits
DINGTALK_TOKEN = "fake-dingtalk-token"
DINGTALK_SECRET = "SECfake"
FEISHU_TOKEN = "fake-feishu-token"
FEISHU_SECRET = "fake-feishu-secret"
WECOM_KEY = "fake-wecom-key"
LINE_TOKEN = "fake-line-token"
LINE_TO = "C00000000000000000000000000000001"  # as every id of this form: C, R or U and 32 hexadecimal digits
WEBHOOK_SECRET = "fake-webhook-secret"
