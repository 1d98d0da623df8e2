using System.Text;
using k8s.Models;
using MsaAspire.Aspirate.Kubernetes;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Output;

/// <summary>
/// The files of an export: <c>base/</c> with a folder for each resource, and <c>overlays/</c> that change what differs from one
/// environment to another. The same plan gives the same bytes, so a diff of two exports is a diff of the system.
/// </summary>
internal sealed class Tree
{
    /// <summary>A limit of kustomize, which truncates longer lines.</summary>
    private const int LongestLine = 60 * 1024;

    private const string KustomizationFile = "kustomization.yaml", SecretsFile = "secrets.env", SecretsFolder = "secrets";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private Tree() { }

    /// <summary>By path, with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>The secret values' files, which no version control should see.</summary>
    public static bool IsSecret(string path) => path.Split('/') is [.., SecretsFile] or [.., SecretsFolder, _];

    /// <exception cref="AspirateException">The settings do not suit a resource.</exception>
    public static Tree Of(Plan plan)
    {
        var tree = new Tree();
        tree.Add(
            ".gitignore",
            $"# The values of secrets. `aspirate generate` writes them from its encrypted state.\n{SecretsFile}\n{SecretsFolder}/\n");
        tree.Add(KustomizationFile, new Kustomization { Resources = ["base"] });
        tree.AddBase(plan);
        foreach (var (name, overlay) in Overlays.Of(plan.Settings))
            tree.AddOverlay(plan, name, overlay);
        return tree;
    }

    private void AddBase(Plan plan)
    {
        List<string> resources = ["network-policies.yaml", .. plan.Workloads.Select(w => w.Name).Order(StringComparer.Ordinal)];
        if (plan.Namespace != "default")
        {
            resources.Insert(0, "namespace.yaml");
            Add("base/namespace.yaml", Yaml.OfObject(Namespace(plan)));
        }

        if (plan.Workloads.Any(w => w.Profile.IsServer))
        {
            resources.Add("priority-class.yaml");
            Add("base/priority-class.yaml", Yaml.OfObject(Availability.ServersFirst(plan)));
        }

        Add("base/network-policies.yaml", Yaml.OfObject(NetworkPolicies.DenyAll(plan)) + "---\n" + Yaml.OfObject(NetworkPolicies.AllowDns(plan)));
        Add($"base/{KustomizationFile}", new Kustomization { Namespace = plan.Namespace, Resources = resources });
        foreach (var workload in plan.Workloads)
            AddWorkload(plan, workload);
    }

    private void AddWorkload(Plan plan, Workload workload)
    {
        var folder = $"base/{workload.Name}";
        var objects = Objects.Of(plan, workload).ToList();
        foreach (var (file, kubernetesObject) in objects)
            Add($"{folder}/{file}", Yaml.OfObject(kubernetesObject));

        List<Generator> maps = [], secrets = [];
        if (workload.Config.Count > 0)
            maps.Add(AddVariables(folder, Objects.ConfigOf(workload), workload.Config, "config.env", "config"));
        if (workload.Secrets.Count > 0)
            secrets.Add(AddVariables(folder, Objects.SecretsOf(workload), workload.Secrets, SecretsFile, SecretsFolder));
        foreach (var files in workload.Files)
        {
            foreach (var file in files.Files)
                _files[$"{folder}/{files.Name}/{file.Key}"] = file.Content;
            var entries = files.Files.Select(f => $"{f.Key}={files.Name}/{f.Key}").ToList();
            (files.NeedSecret ? secrets : maps).Add(new(
                Objects.FilesOf(workload, files), null, entries, files.KeepsName ? new(null, DisableNameSuffixHash: true) : null));
        }

        Add($"{folder}/{KustomizationFile}", new Kustomization
        {
            Resources = [.. objects.Select(o => o.File)],
            GeneratorOptions = maps.Count + secrets.Count > 0
                ? new(Labels.Of(plan, workload).Where(l => l.Key != Labels.Version).ToDictionary())
                : null,
            ConfigMapGenerator = maps.Count > 0 ? maps : null,
            SecretGenerator = secrets.Count > 0 ? secrets : null,
        });
    }

    /// <summary>One line each, or one file each for values that do not fit into a line.</summary>
    private Generator AddVariables(string folder, string name, IReadOnlyDictionary<string, string> variables, string lines, string valuesFolder)
    {
        var inLines = variables.Where(v => Encoding.UTF8.GetByteCount(v.Value) < LongestLine && !v.Value.AsSpan().ContainsAny('\n', '\r')).ToList();
        var inFiles = variables.Except(inLines).ToList();
        if (inLines.Count > 0)
            Add($"{folder}/{lines}", string.Concat(inLines.Select(v => $"{v.Key}={v.Value}\n")));
        foreach (var (key, value) in inFiles)
            Add($"{folder}/{valuesFolder}/{key}", value);
        return new(name, inLines.Count > 0 ? [lines] : null, inFiles.Count > 0 ? [.. inFiles.Select(v => $"{v.Key}={valuesFolder}/{v.Key}")] : null);
    }

    private void AddOverlay(Plan plan, string name, OverlaySettings overlay)
    {
        var folder = $"overlays/{name}";
        List<string> resources = ["../../base"];
        List<PatchEntry> patches = [];
        foreach (var workload in plan.Workloads)
        {
            var changed = Overlays.Apply(plan, workload, name, overlay);
            var parts = Overlays.Patches(plan, workload, changed, overlay).ToList();
            if (parts.Count > 0)
            {
                Add($"{folder}/{workload.Name}.yaml", string.Join("---\n", parts.Select(Yaml.OfObject)));
                patches.Add(new($"{workload.Name}.yaml"));
            }

            if (workload.Settings.Autoscale is { } before && changed.Settings.Autoscale is { } after && before != after)
            {
                Add($"{folder}/{workload.Name}-autoscaler.yaml", Yaml.OfObject(Availability.Autoscaler(plan, changed, after)));
                patches.Add(new($"{workload.Name}-autoscaler.yaml"));
            }

            if (workload.Settings.Autoscale is null && changed.Settings.Autoscale is { } autoscale)
            {
                Add(
                    $"{folder}/{workload.Name}-autoscaler.yaml",
                    Yaml.OfObject(WithNamespace(plan, Availability.Autoscaler(plan, changed, autoscale))));
                resources.Add($"{workload.Name}-autoscaler.yaml");
                patches.Add(new(null, "- op: remove\n  path: /spec/replicas\n", new("Deployment", workload.Name)));
            }
        }

        var built = plan.Workloads.Where(w => w.Build is not null && !Overlays.SharesRepository(plan, w)).ToList();
        Add($"{folder}/{KustomizationFile}", new Kustomization
        {
            Resources = resources,
            Images = built.Count > 0 ? [.. built.Select(w => new ImageOverride(w.Image.Repository, overlay.Tag ?? w.Image.Tag))] : null,
            Patches = patches.Count > 0 ? patches : null,
        });
    }

    private static V2HorizontalPodAutoscaler WithNamespace(Plan plan, V2HorizontalPodAutoscaler autoscaler)
    {
        autoscaler.Metadata.NamespaceProperty = plan.Namespace;
        return autoscaler;
    }

    /// <summary>The API server itself rejects pods with more privileges than these.</summary>
    private static V1Namespace Namespace(Plan plan)
    {
        var labels = Labels.Of(plan);
        labels["pod-security.kubernetes.io/enforce"] = plan.Workloads.All(w => w.IsRestricted) ? "restricted" : "baseline";
        return new() { ApiVersion = "v1", Kind = "Namespace", Metadata = new() { Name = plan.Namespace, Labels = labels } };
    }

    private void Add(string path, Kustomization kustomization) => Add(path, Yaml.OfRecord(kustomization));

    private void Add(string path, string text) =>
        _files[path] = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
            .GetBytes(text);
}
