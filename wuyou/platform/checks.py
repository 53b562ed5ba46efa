"""Start-up checks: a table without its declaration of care, an audit verb without its sentence."""

from typing import Any

from django.core.checks import Error, register

from wuyou.platform import datacare


@register()
def every_table_cares(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Report each gap in a table's `DataCare` as an error, so that the server does not start with it."""
    return [Error(gap, id="wuyou.E001") for model in datacare.own_models() for gap in datacare.gaps(model)]
