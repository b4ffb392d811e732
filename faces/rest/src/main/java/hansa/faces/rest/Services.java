package hansa.faces.rest;

import hansa.federation.accounts.AccountRules;
import hansa.federation.compute.CloudUsage;
import hansa.federation.compute.ExistingMachines;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.NetworkService;
import hansa.federation.compute.OrganisationUse;
import hansa.federation.compute.TagService;
import hansa.federation.compute.VolumeService;
import hansa.federation.identity.Identity;
import hansa.federation.images.Images;
import hansa.federation.policies.AuditTrail;
import hansa.federation.policies.Policies;
import hansa.federation.sites.Sites;
import hansa.federation.vos.VirtualOrganisations;

/** What the face shows. */
public record Services(
        Identity identity,
        Sites sites,
        Images images,
        MachineService machines,
        ExistingMachines existing,
        CloudUsage usage,
        VolumeService volumes,
        NetworkService networks,
        LinkService links,
        TagService tags,
        VirtualOrganisations vos,
        OrganisationUse organisationUse,
        AccountRules accounts,
        Policies policies,
        AuditTrail audit) {}
