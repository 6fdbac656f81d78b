"""Secrets that ECS reads before a container runs (facts A9 to A12).

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.evidence import Source, Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Secret, ServiceOf
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import Need, perhaps
from checkov_ecs_endpoints.values import Truth, Unknown


def needs_of_secrets(secrets: Listing[Secret], place: Source, asking: Asking) -> Iterator[Need]:
    """What reading secrets asks for; Fargate before 1.4 reads them from outside of the VPC."""
    if asking.before_1_4 is True:
        return
    seen: set[tuple[ServiceOf | Unknown, str | Unknown | None, bool]] = set()
    for secret in secrets:
        key = (secret.store, secret.region, secret.own_key)
        if key not in seen:
            seen.add(key)
            yield from _of_secret(secret, asking)
    if secrets.rest is not None:
        asked = place.step(f"{asking.who} has secrets that are not all known", "secrets")
        stores = (store.value for store in ServiceOf)
        yield from perhaps(stores, asking.host, asking.launch, asked, secrets.rest)


def needs_of_credentials(secret: Secret, asking: Asking) -> Iterator[Need]:
    """What reading the credentials of a private registry asks for."""
    if asking.before_1_4 is not True:
        asked = secret.source.step(f"{asking.who} reads its registry credentials from Secrets Manager")
        yield _need(ServiceOf.SECRETS_MANAGER, secret, asking, asked)


def _of_secret(secret: Secret, asking: Asking) -> Iterator[Need]:
    if isinstance(secret.store, Unknown):
        asked = secret.source.step(f"{asking.who} reads a secret from a place that is not known")
        stores = (store.value for store in ServiceOf)
        yield from perhaps(stores, asking.host, asking.launch, asked, secret.store)
        return
    manager = secret.store is ServiceOf.SECRETS_MANAGER
    store = "Secrets Manager" if manager else "Systems Manager Parameter Store"
    asked = secret.source.step(f"{asking.who} reads a secret from {store}")
    yield _need(secret.store, secret, asking, asked)


def _need(store: ServiceOf, secret: Secret, asking: Asking, asked: Step) -> Need:
    certain: Truth = asking.before_1_4 if isinstance(asking.before_1_4, Unknown) else True
    notes = (_decrypted(secret),) if secret.own_key else ()
    return Need(store.value, asking.host, asking.launch, asked, secret.region, certain, notes=notes)


def _decrypted(secret: Secret) -> Step:
    """A customer's key is used by the store itself, so it asks for no endpoint (facts A11).

    https://docs.aws.amazon.com/kms/latest/developerguide/services-secrets-manager.html
    """
    return secret.source.step(
        "a key of the customer encrypts it: the store asks AWS KMS itself, so no endpoint for kms is needed"
    )
