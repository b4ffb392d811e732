package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Value;

/** The networks of the strict server: those that an administrator made. */
final class OnedNetworks {

    private final Oned oned;
    private int lastAddress = 9;

    OnedNetworks(Oned oned) {
        this.oned = oned;
    }

    void register() {
        oned.calls.add("one.vnpool.info", "iii", (_, _) -> Value.of("""
                <VNET_POOL><VNET><ID>0</ID><UID>0</UID><NAME>net1</NAME><VLAN_ID/><USED_LEASES>0</USED_LEASES>
                <TEMPLATE><NETWORK_MASK><![CDATA[255.255.255.0]]></NETWORK_MASK>
                <GATEWAY><![CDATA[10.0.0.1]]></GATEWAY></TEMPLATE>
                <AR_POOL><AR><AR_ID>0</AR_ID><IP>10.0.0.10</IP><SIZE>50</SIZE></AR></AR_POOL></VNET></VNET_POOL>"""));
    }

    boolean exists(int network) {
        return network == 0;
    }

    String nextAddress() {
        lastAddress = lastAddress >= 250 ? 10 : lastAddress + 1;
        return "10.0.0." + lastAddress;
    }
}
