namespace MsaAspire.Aspirate.Output;

/// <summary>A <c>kustomization.yaml</c>, as far as it is used here. Modelled here because no client library has it.</summary>
internal sealed record Kustomization
{
    public string ApiVersion { get; init; } = "kustomize.config.k8s.io/v1beta1";

    public string Kind { get; init; } = "Kustomization";

    public string? Namespace { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public GeneratorOptions? GeneratorOptions { get; init; }

    public IReadOnlyList<Generator>? ConfigMapGenerator { get; init; }

    public IReadOnlyList<Generator>? SecretGenerator { get; init; }

    public IReadOnlyList<ImageOverride>? Images { get; init; }

    public IReadOnlyList<PatchEntry>? Patches { get; init; }
}

/// <summary>
/// Generates a ConfigMap or Secret whose name ends with a hash of its content, so that a change restarts the pods that read it, and a rollback
/// finds the old one.
/// </summary>
/// <param name="Envs">Files with a <c>NAME=value</c> in each line.</param>
/// <param name="Files">Entries such as <c>key=path</c>.</param>
internal sealed record Generator(string Name, IReadOnlyList<string>? Envs, IReadOnlyList<string>? Files, GeneratorOptions? Options = null);

/// <summary>Additional options of generated objects.</summary>
internal sealed record GeneratorOptions(IReadOnlyDictionary<string, string>? Labels, bool? DisableNameSuffixHash = null);

/// <summary>Another tag for an image.</summary>
internal sealed record ImageOverride(string Name, string NewTag);

/// <summary>A file with a partial object, or a JSON patch of the target.</summary>
internal sealed record PatchEntry(string? Path, string? Patch = null, PatchTarget? Target = null);

/// <summary>What a JSON patch changes.</summary>
internal sealed record PatchTarget(string Kind, string Name);
