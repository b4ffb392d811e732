package hansa.federation.compute;

import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.VolumeCopies;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.compute.VolumeRules.Verb;
import hansa.federation.sites.FacetNames;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Copies of volumes: how they are wished for, what can be made of them, and what has to be deleted before what. */
final class VolumeCopying {

    private static final int TITLE_OF_VOLUME = 200;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Access access;
    private final Records<Volume, VolumeWork> volumes;
    private final CloudChoice choice;
    private final QuotaUse quota;
    private final Clock clock;

    VolumeCopying(Access access, Records<Volume, VolumeWork> volumes, CloudChoice choice, QuotaUse quota, Clock clock) {
        this.access = access;
        this.volumes = volumes;
        this.choice = choice;
        this.quota = quota;
        this.clock = clock;
    }

    /**
     * Writes the wish for a copy down; its job has still to be woken.
     *
     * @throws Failure {@code action.wrong-state}, {@code cloud.unsupported}, {@code quota.exceeded},
     *     {@code resource.exists}
     */
    Volume take(Tx tx, Caller caller, Volume volume, NewCopy wanted) {
        VolumeRules.require(volume, verb(wanted.kind()));
        requireFacet(tx.sql(), volume, wanted.kind());
        Instant now = clock.instant();
        Volume copy = new Volume(
                wanted.id().orElseGet(VolumeId::next),
                volume.owner(),
                volume.vo(),
                volume.cloud(),
                wanted.title().isBlank() ? title(volume, wanted.kind(), now) : wanted.title(),
                wanted.summary(),
                volume.sizeMib(),
                VolumeState.PENDING,
                "",
                Optional.empty(),
                Optional.of(new Volume.Copy(wanted.kind(), volume.id(), Optional.empty())),
                Optional.empty(),
                Set.of(),
                now,
                now,
                now,
                1);
        VolumeWork work =
                new VolumeWork(Tokens.next(), Optional.empty(), Stage.WANTED, false, copy.sizeMib(), "", "", now);
        volumes.insert(tx, new Row<>(copy, work, Sight.NONE, 1));
        quota.take(tx.sql(), caller, copy.owner(), copy.vo(), QuotaUse.Amount.volume(copy.sizeMib()));
        return copy;
    }

    private static Verb verb(Kind kind) {
        return switch (kind) {
            case SNAPSHOT -> Verb.SNAPSHOT;
            case BACKUP -> Verb.BACKUP;
        };
    }

    private void requireFacet(Handle sql, Volume volume, Kind kind) {
        boolean able = choice.candidates(sql, Optional.of(volume.cloud())).stream()
                .anyMatch(terms -> terms.facets().contains(FacetNames.of(VolumeCopies.class)));
        if (!able) {
            String what = switch (kind) {
                case SNAPSHOT -> "make snapshots of volumes";
                case BACKUP -> "back volumes up";
            };
            throw new Failure(ErrorCode.CLOUD_UNSUPPORTED, "The cloud '" + volume.cloud() + "' cannot " + what + ".");
        }
    }

    private static String title(Volume volume, Kind kind, Instant now) {
        String name = volume.title().isBlank() ? volume.id().value() : volume.title();
        return name.substring(
                        0, name.offsetByCodePoints(0, Math.min(TITLE_OF_VOLUME, name.codePointCount(0, name.length()))))
                + "-" + MachineRules.word(kind) + "-" + STAMP.format(now);
    }

    /**
     * The copy that a new volume shall begin as.
     *
     * @throws Failure {@code attribute.invalid} where it is none or too large, {@code action.wrong-state} until it is there
     */
    Volume source(Handle sql, Caller caller, VolumeId id, NewVolume wanted) {
        Volume copy = volumes.table()
                .read(sql, id.value())
                .filter(found -> access.mayUse(caller, found))
                .orElseThrow(() -> Input.invalid("There is no snapshot or backup '" + id + "' to make a volume of."));
        if (copy.copy().isEmpty()) {
            throw Input.invalid("'" + id + "' is a volume; take a snapshot or backup of it and make a volume of that.");
        }
        if (copy.state() != VolumeState.OFFLINE) {
            throw new Failure(
                    ErrorCode.ACTION_WRONG_STATE,
                    "The " + VolumeRules.noun(copy) + " '" + id + "' is " + MachineRules.word(copy.state())
                            + "; a volume can be made of it only once it is offline, which is when it is whole.");
        }
        if (wanted.sizeMib() != 0 && wanted.sizeMib() < copy.sizeMib()) {
            throw Input.invalid("The " + VolumeRules.noun(copy) + " '" + id + "' has " + copy.sizeMib()
                    + " MiB, and a volume of " + wanted.sizeMib() + " MiB is too small for it.");
        }
        wanted.cloud().filter(cloud -> !cloud.equals(copy.cloud())).ifPresent(cloud -> {
            throw Input.invalid("The " + VolumeRules.noun(copy) + " '" + id + "' is at the cloud '" + copy.cloud()
                    + "' and not at '" + cloud + "'; a volume is made of it where it is.");
        });
        return copy;
    }

    /**
     * Whether nothing is at the cloud, or about to be, that needs it.
     *
     * @throws Failure {@code resource.in-use}
     */
    void requireUnneeded(Handle sql, Volume volume) {
        sql.createQuery("select id from volume where image = :id and (state = 'PENDING'"
                        + " or flavour = 'SNAPSHOT' and state <> 'DELETING') order by id limit 1")
                .bind("id", volume.id().value())
                .map((row, context) -> row.getString(1))
                .findOne()
                .flatMap(id -> volumes.table().read(sql, id))
                .ifPresent(needing -> {
                    throw new Failure(ErrorCode.RESOURCE_IN_USE, reason(volume, needing));
                });
    }

    private static String reason(Volume volume, Volume needing) {
        String what = "The " + VolumeRules.noun(volume) + " '" + volume.id() + "' ";
        String its = VolumeRules.noun(needing) + " '" + needing.id() + "'";
        return needing.state() == VolumeState.PENDING
                ? what + "is still being copied to the " + its + "; wait until that is there, or delete it."
                : what + "has the " + its + "; delete its snapshots first.";
    }
}
