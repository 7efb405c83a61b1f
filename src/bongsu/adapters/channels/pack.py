"""A bulletin into the sealed parcel that channels carry, and what a parcel's bytes prove of themselves."""

from collections.abc import Mapping

from bongsu.adapters.channels.parcel import Parcel
from bongsu.adapters.keys import Ring, SigningKey
from bongsu.adapters.publish.cap.compose import Sender, Words, compose
from bongsu.adapters.publish.cap.seal import receive, seal
from bongsu.adapters.publish.cap.write import write
from bongsu.errors import BadInput
from bongsu.messages.bulletin import Bulletin


def pack(bulletin: Bulletin, texts: Mapping[str, Words], sender: Sender, key: SigningKey, now_ns: int) -> Parcel:
    """The parcel of a bulletin: CAP, sealed. The same bulletin, texts, sender and key are the same bytes. BadInput, WrongMode."""
    alert = compose(bulletin, texts, sender)
    return Parcel(alert.identifier, bulletin.mode, seal(write(alert), key, now_ns))


def proven_mode(parcel: Parcel, ring: Ring, now_ns: int) -> str:
    """The mode that a trusted key and the status prove for a parcel's bytes, read as a receiver would. BadInput, WrongMode."""
    found = receive(parcel.body, ring, now_ns, f"parcel {parcel.name}")
    if found.alert.identifier != parcel.name:
        raise BadInput(
            f"parcel {parcel.name}",
            f"the message {found.alert.identifier}",
            "the one it is named for",
            "Nothing is sent.",
        )
    return found.mode
