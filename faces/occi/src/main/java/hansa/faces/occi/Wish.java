package hansa.faces.occi;

import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client wants of one entity, checked against the model.
 *
 * @param attributes by the names and with the types of the model; source and target are paths below the mount
 * @param images those of the os_tpl mixins
 * @param flavours those of the resource_tpl mixins
 * @param tags identifiers of user mixins
 * @param links inline ones, each with its target
 */
record Wish(
        Kind kind,
        Optional<String> id,
        Map<String, AttributeValue> attributes,
        List<ImageId> images,
        List<FlavourId> flavours,
        Set<String> tags,
        List<Wish> links) {

    /** The same under an id that the client chose by its URL. */
    Wish under(String chosen) {
        return new Wish(kind, Optional.of(chosen), attributes, images, flavours, tags, links);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::asText);
    }

    Optional<String> title() {
        return text(CoreAttributes.TITLE);
    }

    Optional<String> summary() {
        return text(CoreAttributes.SUMMARY);
    }

    Optional<BigDecimal> number(String name) {
        return attributes.get(name) instanceof AttributeValue.Numeric(BigDecimal value)
                ? Optional.of(value)
                : Optional.empty();
    }

    Optional<Integer> integer(String name) {
        return number(name).map(value -> {
            try {
                return value.intValueExact();
            } catch (ArithmeticException e) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "The attribute " + name + " is too large or no whole number: " + value.toPlainString() + ".",
                        e);
            }
        });
    }

    /** A size in GiB as MiB, rounded to the nearest. */
    Optional<Long> mib(String name) {
        return number(name).map(value -> Gibibytes.toMib(name, value));
    }

    /** The one image. */
    Optional<ImageId> image() {
        return only(images, "os_tpl");
    }

    /** The one flavour. */
    Optional<FlavourId> flavour() {
        return only(flavours, "resource_tpl");
    }

    private static <T> Optional<T> only(List<T> all, String template) {
        if (all.stream().distinct().count() > 1) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "A machine has one " + template + " mixin, not " + all.size() + "; leave all but one out.");
        }
        return all.stream().findFirst();
    }
}
