package hansa.trust.x509;

import eu.emi.security.authn.x509.ValidationError;
import eu.emi.security.authn.x509.ValidationErrorCode;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What canl complains of, in the words of the port. */
final class Reasons {

    /** The first of these that is complained of is the reason; the rest tends to follow from it. */
    private static final List<Reason> ORDER = List.of(
            Reason.FORM,
            Reason.ALGORITHM,
            Reason.SIGNATURE,
            Reason.UNTRUSTED,
            Reason.REVOKED,
            Reason.EXPIRED,
            Reason.NOT_YET_VALID,
            Reason.PATH_TOO_LONG,
            Reason.FORGED,
            Reason.NAMESPACE,
            Reason.UNCHECKED,
            Reason.MALFORMED);

    private Reasons() {}

    /** @param errors one or more */
    static Rejected rejected(List<ValidationError> errors) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (ValidationError error : errors) {
            reasons.add(reason(error.getErrorCode()));
        }
        Reason reason =
                reasons.stream().min(Comparator.comparingInt(ORDER::indexOf)).orElse(Reason.MALFORMED);
        String detail = errors.stream()
                .filter(error -> reason(error.getErrorCode()) == reason)
                .findFirst()
                .map(error -> error.getErrorCode() + ": " + error.getMessage())
                .orElse("no detail");
        return new Rejected(reason, detail.lines().findFirst().orElse("no detail"));
    }

    static Reason reason(ValidationErrorCode code) {
        return switch (code) {
            case certificateExpired -> Reason.EXPIRED;
            case certificateNotYetValid -> Reason.NOT_YET_VALID;
            case certRevoked, ocspCertRevoked -> Reason.REVOKED;
            case nsUndefinedAndRequired,
                    nsDeny,
                    nsNotAccepted,
                    excludedDN,
                    excludedEmail,
                    excludedIP,
                    notPermittedDN,
                    notPermittedEmail,
                    notPermittedIP -> Reason.NAMESPACE;
            case proxyLength, pathLenghtExtended -> Reason.PATH_TOO_LONG;
            case proxyEECInChain,
                    proxyNoIssuer,
                    proxyCASet,
                    proxyIssuerAltNameSet,
                    proxySubjectAltNameSet,
                    proxyIssuedByCa,
                    proxyNoIssuerSubject,
                    proxySubjectOneRDN,
                    proxySubjectMultiLastRDN,
                    proxySubjectLastRDNNotCN,
                    proxyTypeInconsistent,
                    unknownCriticalExt,
                    unknownCriticalExts,
                    explicitPolicy,
                    invalidPolicyMapping,
                    invalidPolicy,
                    noValidPolicyTree -> Reason.FORM;
            case proxySubjectInconsistent, proxySubjectBaseWrong, proxyIssuerNoDsig, proxyInconsistentlyLimited ->
                Reason.FORGED;
            case signatureNotVerified -> Reason.SIGNATURE;
            case noIssuerPublicKey,
                    noTrustAnchorFound,
                    conflictingTrustAnchors,
                    invalidCertificatePath,
                    trustButInvalidCert,
                    noBasicConstraints,
                    noCACert,
                    noCertSign,
                    certWrongIssuer,
                    rootKeyIsValidButNotATrustAnchor,
                    trustAnchorIssuerError,
                    trustDNInvalid,
                    trustKeyUsage,
                    trustPubKeyError -> Reason.UNTRUSTED;
            case pubKeyError -> Reason.ALGORITHM;
            case noBaseCRL,
                    noValidCrlFound,
                    noCrlForExpiredCert,
                    crlVerifyFailed,
                    distrPtExtError,
                    crlAuthInfoAccError,
                    crlBCExtError,
                    crlDistPtExtError,
                    crlExtractionError,
                    crlIssuerException,
                    crlNoIssuerPublicKey,
                    crlOnlyAttrCert,
                    crlOnlyCaCert,
                    crlOnlyUserCert,
                    crlReasonExtError,
                    onlineCRLWrongCA,
                    onlineInvalidCRL,
                    noCrlInCertstore,
                    noCrlSigningPermited,
                    loadCrlDistPointError,
                    localInvalidCRL,
                    crlUnknownCritExt,
                    crlNoIssuerForDP,
                    crlNoIssuerAndDP,
                    crlIDPAndDPMismatch,
                    crlDeltaProblem,
                    crlAKIExtError,
                    ocspNoResponder,
                    ocspResponderQueryError,
                    ocspResponseInvalid,
                    ocspOtherError -> Reason.UNCHECKED;
            case unknown,
                    unknownMsg,
                    inputError,
                    emptyCertPath,
                    errorProcesingBC,
                    QcStatementExtError,
                    certPathCheckerError,
                    criticalExtensionError,
                    processLengthConstError,
                    policyConstExtError,
                    policyExtError,
                    policyInhibitExtError,
                    policyMapExtError,
                    policyQualifierError,
                    ncExtError,
                    ncSubjectNameError,
                    subjAltNameExtError -> Reason.MALFORMED;
        };
    }
}
