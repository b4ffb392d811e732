package hansa.drivers.simulated;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteUsage;

/** One thing that the journal remembers. Applying the same change twice is the same as applying it once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.MachineNow.class, name = "machine"),
    @JsonSubTypes.Type(value = Change.MachineGone.class, name = "machine-gone"),
    @JsonSubTypes.Type(value = Change.VolumeNow.class, name = "volume"),
    @JsonSubTypes.Type(value = Change.VolumeGone.class, name = "volume-gone"),
    @JsonSubTypes.Type(value = Change.CopyNow.class, name = "copy"),
    @JsonSubTypes.Type(value = Change.CopyGone.class, name = "copy-gone"),
    @JsonSubTypes.Type(value = Change.NetworkNow.class, name = "network"),
    @JsonSubTypes.Type(value = Change.NetworkGone.class, name = "network-gone"),
    @JsonSubTypes.Type(value = Change.ImageNow.class, name = "image"),
    @JsonSubTypes.Type(value = Change.ImageGone.class, name = "image-gone"),
    @JsonSubTypes.Type(value = Change.AccountNow.class, name = "account"),
    @JsonSubTypes.Type(value = Change.AccountGone.class, name = "account-gone"),
    @JsonSubTypes.Type(value = Change.Used.class, name = "used"),
    @JsonSubTypes.Type(value = Change.Numbered.class, name = "numbered"),
})
sealed interface Change {

    record MachineNow(Machine machine) implements Change {}

    record MachineGone(RemoteId machine) implements Change {}

    record VolumeNow(Volume volume) implements Change {}

    record VolumeGone(RemoteId volume) implements Change {}

    record CopyNow(Copy copy) implements Change {}

    record CopyGone(RemoteId copy) implements Change {}

    record NetworkNow(RemoteNetwork network) implements Change {}

    record NetworkGone(RemoteId network) implements Change {}

    record ImageNow(Image image) implements Change {}

    record ImageGone(RemoteId image) implements Change {}

    record AccountNow(RemoteAccount account) implements Change {}

    record AccountGone(String account) implements Change {}

    /** A stretch in the books that is over. */
    record Used(RemoteUsage stretch) implements Change {}

    /** Numbers below this one have been given out and are never given out again. */
    record Numbered(long next) implements Change {}
}
