package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;

/** A template that machines are instantiated from. */
public record MachineTemplate(int id, String name, Element template) {

    /** @param template the element {@code VMTEMPLATE} */
    public static MachineTemplate of(Element template) throws OpenNebulaSyntaxException {
        return new MachineTemplate(
                template.requiredInteger("ID"), template.text("NAME").orElse(""), template.orNothing("TEMPLATE"));
    }

    /** @param pool the element {@code VMTEMPLATE_POOL} */
    public static List<MachineTemplate> pool(Element pool) throws OpenNebulaSyntaxException {
        List<MachineTemplate> all = new ArrayList<>();
        for (Element template : pool.children("VMTEMPLATE")) {
            all.add(of(template));
        }
        return List.copyOf(all);
    }
}
