using k8s.Models;
using MsaAspire.Aspirate.Kubernetes;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Output;

/// <summary>What an environment changes in the base.</summary>
internal static class Overlays
{
    private const string Development = "dev", Production = "prod";

    /// <summary>Enough to start on a laptop; the limit is the base's.</summary>
    private const string DevelopmentCpu = "25m";

    /// <summary>Those of the settings; <c>dev</c> and <c>prod</c> are always there.</summary>
    public static IEnumerable<KeyValuePair<string, OverlaySettings>> Of(AspirateSettings settings) =>
        settings.Overlays.Keys.Union([Development, Production]).Order(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, settings.Overlays.TryGetValue(name, out var overlay) ? overlay : new()));

    /// <summary>
    /// The workload with the environment's settings. The defaults are one replica with small requests in development, and in production two
    /// replicas of each workload that this system builds itself.
    /// </summary>
    public static Workload Apply(Plan plan, Workload workload, string name, OverlaySettings overlay)
    {
        var given = overlay.Resources
            .FirstOrDefault(r => string.Equals(r.Key, workload.Resource.Name, StringComparison.OrdinalIgnoreCase))
            .Value ?? new();
        var settings = given.Over(workload.Settings);
        if (name == Development)
        {
            settings = settings with
            {
                Replicas = given.Replicas ?? (workload.IsStateful ? settings.Replicas : 1),
                Cpu = given.Cpu ?? workload.Cpu with { Request = Least(workload.Cpu.Request, DevelopmentCpu) },
            };
        }
        else if (name == Production && settings.Replicas is null && workload is { IsStateful: false, Build: not null })
        {
            settings = settings with { Replicas = 2 };
        }

        var tag = workload.Build is not null && overlay.Tag is { } other ? workload.Image with { Tag = other } : workload.Image;
        var changed = workload with { Settings = settings, Image = tag };
        if (workload.IsStateful)
            // Throws if something is wrong.
            Workloads.StatefulSet(plan, changed);
        return changed;
    }

    /// <summary>Partial objects, which kustomize merges into the base's.</summary>
    public static IEnumerable<object> Patches(Plan plan, Workload workload, Workload changed, OverlaySettings overlay)
    {
        var version = changed.Image != workload.Image
            ? new Dictionary<string, string> { [Labels.Version] = Labels.VersionOf(changed.Image.Tag) }
            : null;
        var resources = changed.Cpu != workload.Cpu || changed.Memory != workload.Memory ? Pods.Resources(changed.Cpu, changed.Memory) : null;
        int? replicas = changed.Replicas != workload.Replicas && changed.Settings.Autoscale is null ? changed.Replicas : null;
        var image = version is not null && SharesRepository(plan, workload) ? changed.Image.ToString() : null;
        if (version is not null || resources is not null || replicas is not null)
        {
            var metadata = new V1ObjectMeta { Name = workload.Name, Labels = version };
            var container = resources is null && image is null
                ? null
                : new V1Container { Name = workload.Name, Image = image, Resources = resources };
            var template = version is null && container is null ? null : new V1PodTemplateSpec
            {
                Metadata = version is null ? null : new() { Labels = version },
                Spec = container is null ? null : new() { Containers = [container] },
            };
            yield return workload.IsStateful
                ? new V1StatefulSet
                {
                    ApiVersion = "apps/v1",
                    Kind = "StatefulSet",
                    Metadata = metadata,
                    Spec = new() { Replicas = replicas, Template = template },
                }
                : new V1Deployment
                {
                    ApiVersion = "apps/v1",
                    Kind = "Deployment",
                    Metadata = metadata,
                    Spec = new() { Replicas = replicas, Template = template },
                };
        }

        if (Ingress(plan, changed, overlay) is { } ingress)
            yield return ingress;
    }

    /// <summary>kustomize changes the tag of every image of a name, whoever built it.</summary>
    public static bool SharesRepository(Plan plan, Workload built) =>
        plan.Workloads.Any(w => w.Build is null && w.Image.Repository == built.Image.Repository);

    private static string Least(string one, string other) =>
        new ResourceQuantity(one).ToDecimal() <= new ResourceQuantity(other).ToDecimal()
            ? one
            : other;

    private static V1Ingress? Ingress(Plan plan, Workload workload, OverlaySettings overlay)
    {
        if (overlay.Ingress is null && workload.Settings.Host is null)
            return null;
        var ingress = Ingresses.Of(plan, workload, Merge(overlay.Ingress, plan.Settings.Ingress));
        if (ingress is not null)
            ingress.Metadata.Labels = null;
        return ingress;
    }

    private static IngressSettings Merge(IngressSettings? over, IngressSettings? below) => new()
    {
        Host = over?.Host ?? below?.Host,
        ClassName = over?.ClassName ?? below?.ClassName,
        TlsSecret = over?.TlsSecret ?? below?.TlsSecret,
        Annotations = over?.Annotations ?? below?.Annotations,
    };
}
