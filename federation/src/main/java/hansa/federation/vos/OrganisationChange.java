package hansa.federation.vos;

import java.util.Optional;

/**
 * What shall become different; what is empty stays.
 *
 * @param costCentre an empty text takes it away
 * @param suspended why; an empty text lets the members go on
 * @param memberDays 1 to 3,650; 0 = memberships last for good
 */
public record OrganisationChange(
        Optional<String> title,
        Optional<String> summary,
        Optional<String> costCentre,
        Optional<String> suspended,
        Optional<Integer> memberDays) {}
