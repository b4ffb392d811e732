package hansa.server;

import hansa.kernel.tls.Certificates;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a long-running node shows a fresh certificate. */
final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Certificates certificates;
    private final Thread thread;

    CertificateWatch(Certificates certificates) {
        this.certificates = certificates;
        this.thread = Thread.ofVirtual().name("certificates").start(this::watch);
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(INTERVAL);
                if (certificates.refresh()) {
                    LOG.info("New connections are shown a new certificate");
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException e) {
                LOG.warn("The certificate in use stays: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
