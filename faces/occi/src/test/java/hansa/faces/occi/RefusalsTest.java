package hansa.faces.occi;

import static hansa.protocols.occi.Profile.COMPATIBLE;
import static hansa.protocols.occi.Profile.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.base.ErrorCode;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            REQUEST_MALFORMED,       400, 400
            REQUEST_TOO_LARGE,       413, 413
            REQUEST_MEDIA_TYPE,      406, 406
            REQUEST_METHOD,          405, 405
            REQUEST_VERSION,         501, 501
            CATEGORY_UNKNOWN,        400, 400
            CATEGORY_NOT_APPLICABLE, 403, 400
            ATTRIBUTE_INVALID,       400, 400
            ATTRIBUTE_IMMUTABLE,     403, 403
            ATTRIBUTE_MISSING,       400, 400
            LINK_TARGET_MISSING,     400, 400
            NETWORK_AMBIGUOUS,       409, 409
            RESOURCE_NOT_FOUND,      404, 404
            RESOURCE_EXISTS,         409, 409
            ACTION_WRONG_STATE,      409, 409
            IDENTITY_REQUIRED,       401, 401
            IDENTITY_INVALID,        401, 401
            POLICY_DENIED,           403, 403
            QUOTA_EXCEEDED,          403, 403
            RATE_LIMITED,            429, 503
            STORE_FULL,              503, 503
            INTERNAL,                500, 500
            """)
    void aRefusalHasTheStatusOfTheProfile(ErrorCode code, int compatible, int strict) {
        assertThat(Refusals.status(code, COMPATIBLE)).isEqualTo(compatible);
        assertThat(Refusals.status(code, STRICT)).isEqualTo(strict);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void theStrictProfileUsesOnlyStatusesOfTheSpecification(ErrorCode code) {
        assertThat(Refusals.status(code, STRICT)).isIn(Set.of(400, 401, 403, 404, 405, 406, 409, 413, 500, 501, 503));
    }
}
