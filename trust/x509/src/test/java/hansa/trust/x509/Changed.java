package hansa.trust.x509;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.GenericAttribute;
import hansa.protocols.voms.Holder;
import hansa.protocols.voms.PolicyAuthority;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Contents of attribute certificates that differ in one part. */
final class Changed {

    private Changed() {}

    static AttributeCertificate holder(AttributeCertificate from, Holder holder) {
        return new AttributeCertificate(
                holder,
                from.issuer(),
                from.serial(),
                from.notBefore(),
                from.notAfter(),
                from.authority(),
                from.fqans(),
                from.attributes(),
                from.targets(),
                from.authorityChain());
    }

    static AttributeCertificate time(AttributeCertificate from, Instant notBefore, Instant notAfter) {
        return new AttributeCertificate(
                from.holder(),
                from.issuer(),
                from.serial(),
                notBefore,
                notAfter,
                from.authority(),
                from.fqans(),
                from.attributes(),
                from.targets(),
                from.authorityChain());
    }

    static AttributeCertificate authority(AttributeCertificate from, PolicyAuthority authority) {
        return new AttributeCertificate(
                from.holder(),
                from.issuer(),
                from.serial(),
                from.notBefore(),
                from.notAfter(),
                authority,
                from.fqans(),
                from.attributes(),
                from.targets(),
                from.authorityChain());
    }

    static AttributeCertificate attributes(AttributeCertificate from, List<GenericAttribute> attributes) {
        return new AttributeCertificate(
                from.holder(),
                from.issuer(),
                from.serial(),
                from.notBefore(),
                from.notAfter(),
                from.authority(),
                from.fqans(),
                attributes,
                from.targets(),
                from.authorityChain());
    }

    static AttributeCertificate targets(AttributeCertificate from, List<String> targets) {
        return new AttributeCertificate(
                from.holder(),
                from.issuer(),
                from.serial(),
                from.notBefore(),
                from.notAfter(),
                from.authority(),
                from.fqans(),
                from.attributes(),
                targets,
                from.authorityChain());
    }

    static AttributeCertificate chain(AttributeCertificate from, List<X509Certificate> chain) {
        return new AttributeCertificate(
                from.holder(),
                from.issuer(),
                from.serial(),
                from.notBefore(),
                from.notAfter(),
                from.authority(),
                from.fqans(),
                from.attributes(),
                from.targets(),
                chain);
    }
}
