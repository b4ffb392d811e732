package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.LinkService;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.NetworkService;
import hansa.federation.compute.TagService;
import hansa.federation.compute.VolumeService;
import hansa.federation.identity.Identity;
import hansa.federation.identity.Presented;
import hansa.federation.images.Images;
import hansa.federation.sites.Sites;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Response.Header;
import hansa.kernel.http.Route;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciVersion;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import java.util.List;
import java.util.Optional;

/**
 * The Open Cloud Computing Interface, 1.1 and 1.2 (GFD.185, GFD.223), over the federation. Safe for any number of threads; holds
 * nothing but caches of what it rendered.
 */
public final class OcciFace implements Face<Access, Caller> {

    private final Identity identity;
    private final Answers answers;
    private final List<Route<Access, Caller>> routes;
    private final List<Header> commonHeaders;

    public OcciFace(
            OcciSettings settings,
            Identity identity,
            MachineService machines,
            VolumeService volumes,
            NetworkService networks,
            LinkService links,
            TagService tags,
            Images images,
            Sites sites) {
        this.identity = identity;
        Model model = Model.builder()
                .add(Core.extension(settings.profile()))
                .add(Infrastructure.extension(settings.profile()))
                .add(OpenStackExtension.extension())
                .add(CopyMixins.extension(settings.schemeBase()))
                .add(PlacementMixin.extension(settings.schemeBase()))
                .build();
        TemplateNames names = new TemplateNames(settings.schemeBase());
        Catalogue catalogue = new Catalogue(model, names, images, sites, tags);
        Forms forms = new Forms(model);
        LinkForms linkForms = new LinkForms(forms);
        Repositories repositories = new Repositories(
                model,
                List.of(
                        new Machines(machines, catalogue, forms, new MachineForm(forms, linkForms, names)),
                        new Volumes(volumes, forms, settings.schemeBase()),
                        new Networks(networks, forms),
                        new NetworkInterfaces(links, forms, linkForms),
                        new StorageLinks(links, forms, linkForms)));
        Renditions renditions = new Renditions(model, settings.cacheBytes());
        this.answers = new Answers(settings, renditions);
        Limits standard = Limits.standard();
        Bodies bodies = new Bodies(new Limits(
                settings.maxBody(),
                standard.entries(),
                standard.nameLength(),
                standard.valueLength(),
                standard.nesting()));
        Wishes wishes = new Wishes(catalogue);
        Invocations invocations = new Invocations(model, wishes);
        Selection selection = new Selection(catalogue, settings.maxPage());
        Lists lists = new Lists(names, repositories, renditions, answers);
        KindCollections kinds =
                new KindCollections(repositories, catalogue, lists, answers, bodies, wishes, invocations, selection);
        MixinCollections mixins =
                new MixinCollections(repositories, model, lists, answers, bodies, invocations, selection, tags);
        this.routes = new Routes(
                        settings.maxBody(),
                        model,
                        repositories,
                        new QueryInterface(catalogue, answers, bodies, selection, tags),
                        new Entities(renditions, answers, bodies, wishes, invocations),
                        kinds,
                        new Tree(catalogue, repositories, kinds, mixins))
                .table();
        this.commonHeaders =
                List.of(new Header("Server", OcciVersion.serverHeader(settings.product(), settings.profile())));
    }

    @Override
    public String name() {
        return "occi";
    }

    @Override
    public List<Route<Access, Caller>> routes() {
        return routes;
    }

    @Override
    public Caller admit(Access rule, Request request) {
        Negotiation.requireVersion(request);
        return identity.authenticate(Presented.of(
                request.header("Authorization"),
                request.header("X-Auth-Token"),
                request.clientChain(),
                request.header(Presented.VO_HEADER),
                request.peer()));
    }

    @Override
    public Optional<String> limitedAs(Caller caller) {
        return caller.operator() ? Optional.empty() : Optional.of(caller.id());
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        return answers.refusal(failure, request);
    }

    @Override
    public List<Header> commonHeaders() {
        return commonHeaders;
    }
}
