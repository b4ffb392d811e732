package hansa.cloud;

import java.util.List;
import java.util.Optional;

/** Private networks, and interfaces plugged into machines after they were made. */
public non-sealed interface Networks extends Facet {

    /**
     * Makes a network. Idempotent by token.
     *
     * @param cidr for example {@code 10.1.0.0/24}; empty = the cloud chooses
     * @param dynamicAddresses whether guests get their addresses by DHCP
     * @param vlan 0 to 4095
     */
    RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan);

    Optional<RemoteNetwork> findByToken(Token token);

    /** @throws CloudException.NotFound where there is none */
    RemoteNetwork read(RemoteId network);

    List<RemoteNetwork> list();

    /**
     * Deletes it. One that is gone already is no error.
     *
     * @throws CloudException.Conflict while machines are connected
     */
    void delete(RemoteId network);

    /** Takes the network up or down; what is down carries no traffic. */
    RemoteNetwork setActive(RemoteId network, boolean active);

    /** Plugs an interface into a machine. Idempotent by the order's token. */
    RemoteNic attach(RemoteId machine, NicOrder order);

    /** Unplugs an interface. One that is gone already is no error. */
    void detach(RemoteId machine, RemoteId nic);
}
