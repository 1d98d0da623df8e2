using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Plans a manifest's export, and reports everything that is wrong with it before anything is written.</summary>
internal static class Planner
{
    /// <exception cref="AspirateException">Something in it cannot run in a cluster, or the settings name a missing resource.</exception>
    public static Plan Make(
        Manifest manifest, AspirateSettings settings, string @namespace, ImageNaming naming, string? pullPolicy,
        IReadOnlyDictionary<string, string> parameters)
    {
        SettingsCheck.Check(manifest, settings);
        ImageNames.Check(naming);
        var names = Names.Of(manifest);
        var ports = manifest.Compute.ToDictionary(r => r.Name, Ports.Of, StringComparer.OrdinalIgnoreCase);
        ImageName ImageOf(ComputeResource r) => r is ContainerResource { Image: { } image } ? ImageName.Parse(image) : naming.Of(names[r.Name]);
        var resolver = new Resolver(manifest, names, ports, parameters, r => ImageOf(r).ToString());

        var workloads = manifest.Compute.Select(r => Make(r, names[r.Name], ImageOf(r), Of(settings, r), ports[r.Name], resolver, manifest)).ToList();
        Names.CheckServices(workloads.SelectMany(Kubernetes.Services.NamesOf));
        return new(Names.Namespace(@namespace), workloads, settings, pullPolicy, [.. manifest.Notes, .. workloads.SelectMany(Warnings), .. SharedVolumes(workloads)]);
    }

    private static ResourceSettings Of(AspirateSettings settings, ComputeResource resource) =>
        settings.Resources.FirstOrDefault(r => string.Equals(r.Key, resource.Name, StringComparison.OrdinalIgnoreCase)).Value ?? new();

    private static Workload Make(
        ComputeResource resource, string name, ImageName image, ResourceSettings settings,
        IReadOnlyDictionary<string, Port> ports, Resolver resolver, Manifest manifest)
    {
        var profile = ProfileOf(resource, image);
        var variables = new Variables(resource, resolver);
        foreach (var (variable, template) in resource.Environment)
            variables.Add(variable, template);
        foreach (var (variable, text) in settings.Environment ?? new Dictionary<string, string>())
            variables.Add(variable, text);
        string[] command = resource switch
        {
            ExecutableResource executable => [executable.Command],
            ContainerResource { Entrypoint: { } entrypoint } => [entrypoint],
            _ => [],
        };
        var arguments = command.Concat(resource.Arguments).Concat(settings.Arguments ?? []).Select(variables.Argument).ToList();
        List<Port> listening = [.. ports.Values.DistinctBy(p => (p.ServicePort, p.Protocol))];
        // Its replicas may form a cluster.
        var calls = variables.Calls.Union(listening.Select(port => new Call(resource.Name, port)));
        var volumes = Storage.VolumesOf(resource, profile);
        Storage.AddDataFolder(variables, profile, volumes);
        return new(name, resource, image, BuildOf(resource, settings, resolver), profile, settings)
        {
            Ports = listening,
            PortOf = ports,
            Config = variables.Config,
            Secrets = variables.Secrets,
            Command = command.Length > 0 ? arguments[..1] : null,
            Arguments = command.Length > 0 ? arguments[1..] : arguments,
            Calls = [.. calls.OrderBy(c => c.Resource, StringComparer.Ordinal).ThenBy(c => c.Port.ServicePort)],
            OutsideCalls = OutsideCalls.Of(resource, settings, variables, arguments),
            Volumes = volumes,
            Files = [.. Storage.FilesOf(resource), .. Databases.FilesOf(resource, profile, manifest, resolver)],
        };
    }

    private static ImageProfile ProfileOf(ComputeResource resource, ImageName image) => resource switch
    {
        ProjectResource => ImageProfile.Dotnet,
        ContainerResource { Build: { } build } => ImageProfile.OfDockerfile(build.Dockerfile),
        ContainerResource container => ImageProfile.Of(image, container),
        _ => ImageProfile.Made,
    };

    private static ImageBuild? BuildOf(ComputeResource resource, ResourceSettings settings, Resolver resolver) => resource switch
    {
        ProjectResource project => new DotnetBuild(project.Path),
        ContainerResource { Build: { } build } => new DockerfileBuild(build with
        {
            Arguments = build.Arguments.ToDictionary(a => a.Key, a => resolver.Resolve(resource, a.Value).Text),
            Secrets = build.Secrets.ToDictionary(
                s => s.Key, s => s.Value.Value is { } value ? new BuildSecret(null, resolver.Resolve(resource, value).Text) : s.Value),
        }),
        ExecutableResource executable => new FolderBuild(executable.WorkingDirectory, settings.BaseImage ?? BaseImages.Of(executable)),
        _ => null,
    };

    private static IEnumerable<string> Warnings(Workload workload)
    {
        if (workload.Profile.IsServer && !workload.Volumes.Any(v => v.Persistent))
            yield return $"{workload.Name} has no volume: its data is deleted with its pod. Add one with WithDataVolume().";
        if (workload.Resource is ContainerResource { BindMounts: var mounts } && mounts.Any(m => !m.ReadOnly))
            yield return $"{workload.Name} has files mounted from this machine: their current content is exported, read-only.";
        if (!workload.IsRestricted)
        {
            yield return
                $"{workload.Name} runs as the user that its image names, which may be root, and may write to its file system: {workload.Image} is not known "
                + $"here, so the namespace allows it (Pod Security \"baseline\"). Name its user, and the folders that it writes to (writable), with resources.{workload.Resource.Name}.user in {AspirateSettings.FileName}.";
        }

        if (workload.Resource is ProjectResource && workload.Settings.Probes is null && workload.Ports.Any(p => p.IsHttp))
        {
            yield return
                $"{workload.Name} counts as ready when it listens: the manifest does not say whether it has health endpoints. If it maps /health and /alive "
                + $"in every environment, set resources.{workload.Resource.Name}.probes to \"http\" in {AspirateSettings.FileName}.";
        }

        if (workload.Settings.Probes?.Kind != ProbeKind.None && Kubernetes.Probes.Of(workload).Readiness is null)
        {
            yield return
                $"{workload.Name} has no TCP binding, so it cannot be probed. "
                + $"Give it a probe command in {AspirateSettings.FileName}.";
        }
    }

    private static IEnumerable<string> SharedVolumes(IReadOnlyList<Workload> workloads) =>
        from workload in workloads
        from volume in (workload.Resource as ContainerResource)?.Volumes ?? []
        where volume.Name is not null
        group workload.Name by volume.Name into users
        where users.Distinct().Skip(1).Any()
        select $"{string.Join(" and ", users.Distinct())} share the volume {users.Key} in the app model; in the cluster each has its own.";
}
