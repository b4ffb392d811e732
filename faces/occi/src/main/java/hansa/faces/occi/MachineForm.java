package hansa.faces.occi;

import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineState;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine as OCCI shows it: a compute with its templates and links (GFD.224, Compute). */
final class MachineForm {

    private final Kind compute;
    private final Mixin sshKey;
    private final Mixin userData;
    private final LinkForms links;
    private final TemplateNames names;

    MachineForm(Forms forms, LinkForms links, TemplateNames names) {
        compute = forms.kind(Infrastructure.COMPUTE);
        sshKey = forms.mixin(Infrastructure.SSH_KEY);
        userData = forms.mixin(Infrastructure.USER_DATA);
        this.links = links;
        this.names = names;
    }

    Resource form(Machine machine) {
        return new Resource(
                compute,
                machine.id().value(),
                Forms.shown(machine.title()),
                Forms.shown(machine.summary()),
                mixins(machine),
                attributes(machine),
                Forms.actions(compute, actions(machine.state())),
                links(machine));
    }

    private List<Mixin> mixins(Machine machine) {
        List<Mixin> mixins = new ArrayList<>();
        mixins.add(Templates.image(names.of(machine.image()), ""));
        machine.flavour()
                .map(flavour -> Templates.flavour(names.of(flavour, machine.size()), "", Map.of()))
                .ifPresent(mixins::add);
        if (!machine.sshKeys().isEmpty()) {
            mixins.add(sshKey);
        }
        if (machine.hasUserData()) {
            mixins.add(userData);
        }
        Forms.tags(machine.tags(), mixins);
        return mixins;
    }

    private static Map<String, AttributeValue> attributes(Machine machine) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(Machines.ARCHITECTURE, AttributeValue.of(machine.architecture()));
        attributes.put(Machines.CORES, AttributeValue.of(machine.size().cores()));
        machine.hostname().ifPresent(name -> attributes.put(Machines.HOSTNAME, AttributeValue.of(name)));
        attributes.put(Machines.MEMORY, Gibibytes.ofMib(machine.size().memoryMib()));
        attributes.put(Machines.STATE, AttributeValue.of(state(machine.state())));
        Forms.put(attributes, Machines.STATE + ".message", message(machine));
        if (!machine.sshKeys().isEmpty()) {
            attributes.put(
                    Infrastructure.SSH_PUBLIC_KEY,
                    AttributeValue.of(machine.sshKeys().getFirst()));
        }
        return attributes;
    }

    private static String state(MachineState state) {
        return switch (state) {
            case ACTIVE -> "active";
            case PENDING, INACTIVE, DELETING -> "inactive";
            case SUSPENDED -> "suspended";
            case ERROR -> "error";
        };
    }

    /** What is under way would otherwise look like a machine that is switched off. */
    private static String message(Machine machine) {
        return switch (machine.state()) {
            case ACTIVE ->
                machine.message().isEmpty() && machine.restartAsked().isPresent()
                        ? "being restarted"
                        : machine.message();
            case INACTIVE, SUSPENDED, ERROR -> machine.message();
            case PENDING -> machine.message().isEmpty() ? "being made" : machine.message();
            case DELETING -> machine.message().isEmpty() ? "being deleted" : machine.message();
        };
    }

    private static Set<String> actions(MachineState state) {
        return switch (state) {
            case ACTIVE -> Set.of("stop", "restart", "suspend", "save");
            case INACTIVE -> Set.of("start", "save");
            case SUSPENDED -> Set.of("start", "stop", "save");
            case ERROR -> Set.of("start");
            case PENDING, DELETING -> Set.of();
        };
    }

    private List<Link> links(Machine machine) {
        List<Link> all =
                new ArrayList<>(machine.nics().size() + machine.volumes().size());
        machine.nics().forEach(nic -> all.add(links.form(nic)));
        machine.volumes().forEach(volume -> all.add(links.form(volume)));
        return all;
    }
}
