package hansa.kernel.bus.artemis;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.jspecify.annotations.Nullable;

/** A broker in this process, with its journal in a folder. It listens only where it is told to. */
final class EmbeddedBroker implements AutoCloseable {

    private static final long MEMORY_BYTES = 32L << 20;
    private static final int PAGE_BYTES = 4 << 20;
    private static final int JOURNAL_FILE_BYTES = 4 << 20;
    private static final int MAX_DISK_PERCENT = 95;
    private static final String ROLE = "installation";

    private final EmbeddedActiveMQ broker;
    private final int number;
    private final BusUrl.Login own;

    private EmbeddedBroker(EmbeddedActiveMQ broker, int number, BusUrl.Login own) {
        this.broker = broker;
        this.number = number;
        this.own = own;
    }

    static EmbeddedBroker start(BusUrl.Embedded url, Path folder) {
        // The number tells brokers of one process apart.
        int number = UUID.randomUUID().hashCode() & Integer.MAX_VALUE;
        BusUrl.Login own = new BusUrl.Login("node", UUID.randomUUID().toString());
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ()
                .setConfiguration(configuration(url, folder, number))
                .setSecurityManager(new Logins(own, url.login()));
        try {
            broker.start();
        } catch (Exception e) {
            throw new Failure(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The message broker in " + folder + " could not be started: " + e.getMessage()
                            + ". Check that nothing else uses the folder or its ports.",
                    e);
        }
        EmbeddedBroker started = new EmbeddedBroker(broker, number, own);
        if (!broker.getActiveMQServer().isActive()) {
            started.close();
            throw new Failure(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The message broker in " + folder
                            + " could not be started; the log says why. Check that nothing else uses the folder or its ports.");
        }
        return started;
    }

    private static Configuration configuration(BusUrl.Embedded url, Path folder, int number) {
        Configuration configuration = new ConfigurationImpl()
                .setName("hansa")
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalLockAcquisitionTimeout(1_000)
                .setGlobalMaxSize(MEMORY_BYTES)
                .setMaxDiskUsage(MAX_DISK_PERCENT)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setSecurityEnabled(true)
                .setSecurityRoles(Map.of("#", Set.of(allowed())))
                .addAddressSetting("#", addresses())
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), new HashMap<>(Map.of("serverId", number)), "in-process"));
        for (int i = 0; i < url.acceptors().size(); i++) {
            try {
                configuration.addAcceptorConfiguration(
                        "acceptor-" + i, url.acceptors().get(i));
            } catch (Exception e) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "The bus's acceptor " + url.acceptors().get(i) + " cannot be read.",
                        e);
            }
        }
        return configuration;
    }

    private static Role allowed() {
        boolean manage = false;
        boolean view = false;
        boolean edit = false;
        return new Role(ROLE, true, true, true, true, true, true, manage, true, true, true, view, edit);
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageSizeBytes(PAGE_BYTES)
                .setMaxSizeBytes(MEMORY_BYTES / 2)
                .setMaxDeliveryAttempts(-1)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }

    TransportConfiguration connector() {
        return new TransportConfiguration(
                InVMConnectorFactory.class.getName(), new HashMap<>(Map.of("serverId", number)));
    }

    BusUrl.Login own() {
        return own;
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new Failure(ErrorCode.INTERNAL, "The message broker could not be stopped cleanly.", e);
        }
    }

    /** Lets in this node, by a password of this start, and whoever has the login of the configuration. */
    private record Logins(BusUrl.Login own, Optional<BusUrl.Login> configured) implements ActiveMQSecurityManager {

        @Override
        public boolean validateUser(@Nullable String user, @Nullable String password) {
            return user != null
                    && password != null
                    && (isLogin(own, user, password)
                            || configured
                                    .filter(login -> isLogin(login, user, password))
                                    .isPresent());
        }

        @Override
        public boolean validateUserAndRole(
                @Nullable String user, @Nullable String password, Set<Role> roles, CheckType type) {
            return validateUser(user, password) && roles.stream().anyMatch(type::hasRole);
        }

        private static boolean isLogin(BusUrl.Login login, String user, String password) {
            return login.user().equals(user)
                    && MessageDigest.isEqual(
                            login.password().getBytes(StandardCharsets.UTF_8),
                            password.getBytes(StandardCharsets.UTF_8));
        }
    }
}
