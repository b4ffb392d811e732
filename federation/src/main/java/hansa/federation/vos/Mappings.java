package hansa.federation.vos;

import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The rules by which members of virtual organisations may do things at clouds. Thread-safe. */
public final class Mappings {

    private static final int MOST = 200;

    private final Store store;
    private final Policy policy;
    private final Journal journal;
    private final Clock clock;

    Mappings(Store store, Policy policy, Journal journal, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.journal = journal;
        this.clock = clock;
    }

    private static Resource about(String vo) {
        return new Resource("mapping", "", Optional.empty(), Optional.of(vo), Map.of());
    }

    /** By name. @throws Failure {@code resource.not-found}, {@code policy.denied} */
    public List<Mapping> list(Caller caller, String vo) {
        return store.read(sql -> {
            OrganisationTable.get(sql, vo);
            policy.require(caller, Action.MAPPING_READ, about(vo));
            return MappingTable.of(sql, vo);
        });
    }

    /**
     * Makes a rule, or sets all of one.
     *
     * @throws Failure {@code policy.denied}, {@code attribute.invalid}, {@code resource.changed}, {@code quota.exceeded}
     */
    public Mapping put(
            Caller caller,
            String vo,
            String name,
            Fqan who,
            Scope actions,
            Set<CloudName> clouds,
            Set<String> flavours,
            OptionalLong ifGeneration) {
        return store.write(tx -> {
            tx.lock("vo mapping " + vo);
            OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.MAPPING_UPDATE, about(vo));
            long before = MappingTable.find(tx.sql(), vo, name)
                    .map(Mapping::generation)
                    .orElse(0L);
            Organisations.requireGeneration(name, ifGeneration, before);
            if (before == 0 && MappingTable.of(tx.sql(), vo).size() >= MOST) {
                throw new Failure(ErrorCode.QUOTA_EXCEEDED, "'" + vo + "' has " + MOST + " rules, which is the limit.");
            }
            Mapping fresh = new Mapping(
                    vo,
                    name,
                    who,
                    actions,
                    clouds,
                    flavours,
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    before + 1);
            MappingTable.put(tx.sql(), fresh);
            tell(tx, "mapping.changed", fresh);
            return fresh;
        });
    }

    private void tell(Tx tx, String what, Mapping mapping) {
        journal.tell(
                tx,
                what,
                new Journal.News(mapping.vo(), "", mapping.who().toString(), mapping.name(), mapping.generation()));
    }

    /** Takes a rule away; with the last one, members may do again what everybody may. */
    public void delete(Caller caller, String vo, String name) {
        store.run(tx -> {
            OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.MAPPING_UPDATE, about(vo));
            Mapping old = MappingTable.find(tx.sql(), vo, name)
                    .orElseThrow(() -> new Failure(
                            ErrorCode.RESOURCE_NOT_FOUND,
                            "'" + vo + "' has no rule '" + name + "'; 'hansa vo mappings' shows which it has."));
            MappingTable.delete(tx.sql(), vo, name);
            tell(tx, "mapping.deleted", old);
        });
    }
}
