package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalsTest {

    @ParameterizedTest
    @CsvSource({
        "InvalidInstanceID.NotFound, 400, NotFound",
        "InvalidVolume.NotFound, 400, NotFound",
        "InvalidAMIID.Malformed, 400, NotFound",
        "IncorrectInstanceState, 400, Conflict",
        "IncorrectState, 400, Conflict",
        "VolumeInUse, 400, Conflict",
        "InvalidGroup.InUse, 400, Conflict",
        "InvalidSubnet.Conflict, 400, Conflict",
        "DependencyViolation, 400, Conflict",
        "IdempotentParameterMismatch, 400, Conflict",
        "UnsupportedOperation, 400, Conflict",
        "InsufficientInstanceCapacity, 500, NoCapacity",
        "InsufficientInstanceCapacity, 400, NoCapacity",
        "InsufficientFreeAddressesInSubnet, 400, NoCapacity",
        "SpotMaxPriceTooLow, 400, NoCapacity",
        "InstanceLimitExceeded, 400, QuotaExceeded",
        "VcpuLimitExceeded, 400, QuotaExceeded",
        "AddressLimitExceeded, 400, QuotaExceeded",
        "MaxSpotInstanceCountExceeded, 400, QuotaExceeded",
        "RequestLimitExceeded, 503, Unavailable",
        "Throttling, 400, Unavailable",
        "InternalError, 500, Unavailable",
        "Unavailable, 503, Unavailable",
        "AuthFailure, 401, Unauthorised",
        "UnauthorizedOperation, 403, Unauthorised",
        "ExpiredToken, 400, Unauthorised",
        "InvalidParameterValue, 400, InvalidRequest",
        "ResourceNotFoundException, 404, NotFound",
        "InvalidPlacementGroup.Unknown, 400, NotFound",
        "InvalidPlacementGroup.InUse, 400, Conflict",
        "ConflictException, 409, Conflict",
        "ServiceQuotaExceededException, 402, QuotaExceeded",
        "ConcurrentLimitExceededException, 400, Unavailable",
        "SomethingNew, 400, InvalidRequest",
        "'', 403, Unauthorised",
        "'', 404, Unavailable",
        "'', 502, Unavailable"
    })
    void a_code_means(String code, int status, String kind) {
        CloudException refusal = Refusals.of(new Problem("RunInstances", status, code, "no"));
        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(refusal.text()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void errors_are_read_in_the_forms_that_endpoints_write() throws ElementReader.Unreadable {
        String error = "<Error><Code>Blocked</Code><Message>your\n account\t is</Message></Error>";
        for (String answer : new String[] {
            "<Response><Errors>" + error + "</Errors><RequestID>1</RequestID></Response>",
            "<ErrorResponse>" + error + "</ErrorResponse>",
            "<Errors>" + error + "</Errors>"
        }) {
            Problem problem =
                    Problem.of("RunInstances", 400, ElementReader.read(answer.getBytes(StandardCharsets.UTF_8)));
            assertThat(problem.words()).isEqualTo("RunInstances is refused with Blocked: your account is");
        }
    }

    @Test
    void a_long_message_is_cut() {
        Problem problem = new Problem("RunInstances", 400, "Blocked", "x".repeat(10_000));
        assertThat(problem.words()).hasSize(501).endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({
        "'<a><b></a>'",
        "'<!DOCTYPE a><a/>'",
        "'<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>'",
        "'<a>&e;</a>'",
        "''",
        "'plain'"
    })
    void what_is_no_plain_xml_is_refused_in_one_line(String document) {
        assertThatThrownBy(() -> ElementReader.read(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ElementReader.Unreadable.class)
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() ->
                        ElementReader.read(("<a>".repeat(100) + "</a>".repeat(100)).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ElementReader.Unreadable.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void a_request_that_is_refused_for_its_time_tells_of_the_clock() {
        for (String code : new String[] {"RequestTimeTooSkewed", "RequestExpired"}) {
            assertThat(new Problem("RunInstances", 403, code, "Too large a difference.").words())
                    .isEqualTo("RunInstances is refused with " + code
                            + ": Too large a difference. (the clock of this node or that of the endpoint is off)");
        }
    }
}
