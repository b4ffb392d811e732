package hansa.faces.rest;

import hansa.cloud.CloudName;
import hansa.federation.compute.OrganisationUse;
import hansa.federation.vos.Group;
import hansa.federation.vos.JoinRequest;
import hansa.federation.vos.Limits;
import hansa.federation.vos.Mapping;
import hansa.federation.vos.Member;
import hansa.federation.vos.MemberChange;
import hansa.federation.vos.Organisation;
import hansa.federation.vos.OrganisationChange;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Virtual organisations as they look on the wire; the OpenAPI document explains the members. */
final class VoWire {

    private VoWire() {}

    record Vo(
            String name,
            String title,
            String summary,
            Optional<String> costCentre,
            Optional<String> suspended,
            Optional<Integer> memberDays,
            Instant created,
            Instant changed,
            long generation) {

        static Vo of(Organisation organisation) {
            return new Vo(
                    organisation.name(),
                    organisation.title(),
                    organisation.summary(),
                    organisation.costCentre(),
                    organisation.suspended(),
                    organisation.memberDays(),
                    organisation.created(),
                    organisation.changed(),
                    organisation.generation());
        }
    }

    record NewVo(String name, Optional<String> title, Optional<String> summary) {}

    record VoChange(
            Optional<String> title,
            Optional<String> summary,
            Optional<String> costCentre,
            Optional<String> suspended,
            Optional<Integer> memberDays) {

        static final List<String> REMOVABLE = List.of("title", "summary", "costCentre", "suspended");

        OrganisationChange wanted() {
            return new OrganisationChange(title, summary, costCentre, suspended, memberDays);
        }
    }

    record VoGroup(String path, String title, Instant created) {

        static VoGroup of(Group group) {
            return new VoGroup(group.path(), group.title(), group.created());
        }
    }

    record NewVoGroup(String path, Optional<String> title) {}

    record VoMember(
            String id,
            String name,
            String vo,
            List<String> rights,
            Optional<String> suspended,
            Optional<Instant> expires,
            Instant joined,
            Instant changed,
            long generation) {

        static VoMember of(Member member) {
            return new VoMember(
                    member.caller(),
                    member.name(),
                    member.vo(),
                    member.rights().stream().map(Fqan::toString).toList(),
                    member.suspended(),
                    member.expires(),
                    member.joined(),
                    member.changed(),
                    member.generation());
        }
    }

    record NewVoMember(String id, Optional<String> name, Optional<Instant> expires) {}

    record VoMemberChange(
            Optional<String> name, Optional<String> suspended, Optional<Instant> expires, Optional<Boolean> forGood) {

        static final List<String> REMOVABLE = List.of("suspended");

        MemberChange wanted() {
            return new MemberChange(name, suspended, expires, forGood.orElse(false));
        }
    }

    record VoMapping(
            String name,
            String vo,
            String who,
            String actions,
            List<String> clouds,
            List<String> flavours,
            Instant changed,
            long generation) {

        static VoMapping of(Mapping mapping) {
            return new VoMapping(
                    mapping.name(),
                    mapping.vo(),
                    mapping.who().toString(),
                    mapping.actions().toString(),
                    mapping.clouds().stream().map(CloudName::value).sorted().toList(),
                    mapping.flavours().stream().sorted().toList(),
                    mapping.changed(),
                    mapping.generation());
        }
    }

    record NewVoMapping(
            String who, Optional<String> actions, Optional<List<String>> clouds, Optional<List<String>> flavours) {}

    record VoQuota(
            Optional<Long> machines,
            Optional<Long> cores,
            Optional<Long> memoryMib,
            Optional<Long> volumes,
            Optional<Long> volumeMib,
            Optional<Long> networks,
            Optional<Long> images,
            Optional<Long> imageMib,
            Optional<Integer> memberShare,
            VoUse used,
            VoUse own,
            long generation) {

        static VoQuota of(OrganisationUse.Report report) {
            Limits limits = report.limits();
            return new VoQuota(
                    limits.machines(),
                    limits.cores(),
                    limits.memoryMib(),
                    limits.volumes(),
                    limits.volumeMib(),
                    limits.networks(),
                    limits.images(),
                    limits.imageMib(),
                    limits.memberShare(),
                    VoUse.of(report.used()),
                    VoUse.of(report.own()),
                    limits.generation());
        }
    }

    record VoUse(
            long machines,
            long cores,
            long memoryMib,
            long volumes,
            long volumeMib,
            long networks,
            long images,
            long imageMib) {

        static VoUse of(OrganisationUse.Used used) {
            return new VoUse(
                    used.machines(),
                    used.cores(),
                    used.memoryMib(),
                    used.volumes(),
                    used.volumeMib(),
                    used.networks(),
                    used.images(),
                    used.imageMib());
        }
    }

    record NewVoQuota(
            Optional<Long> machines,
            Optional<Long> cores,
            Optional<Long> memoryMib,
            Optional<Long> volumes,
            Optional<Long> volumeMib,
            Optional<Long> networks,
            Optional<Long> images,
            Optional<Long> imageMib,
            Optional<Integer> memberShare) {

        Limits wanted() {
            return new Limits(
                    machines, cores, memoryMib, volumes, volumeMib, networks, images, imageMib, memberShare, 0);
        }
    }

    record VoRequest(
            String id,
            String vo,
            String right,
            String applicant,
            String name,
            String text,
            String state,
            Optional<String> reason,
            Optional<String> decidedBy,
            Instant created,
            Instant changed) {

        static VoRequest of(JoinRequest request) {
            return new VoRequest(
                    request.id(),
                    request.vo(),
                    request.wanted().toString(),
                    request.caller(),
                    request.name(),
                    request.words(),
                    Texts.of(request.state()),
                    request.reason(),
                    request.decidedBy(),
                    request.created(),
                    request.changed());
        }
    }

    record NewVoRequest(Optional<String> right, Optional<String> text) {}

    record VoDecision(Optional<String> reason) {}
}
