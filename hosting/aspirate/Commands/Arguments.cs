using System.CommandLine;

namespace MsaAspire.Aspirate.Commands;

/// <summary>The options of all commands, each declared once; the environment variable <c>ASPIRATE_</c> with its name is its default.</summary>
internal static class Arguments
{
    public static Option<string?> ProjectPath { get; } =
        Text("--project-path", "-p", "The AppHost's project file or folder; the current folder by default.");

    public static Option<string?> AspireManifest { get; } =
        Text("--aspire-manifest", "-m", "An existing manifest to use instead of the AppHost's.");

    public static Option<string?> OutputPath { get; } =
        Text("--output-path", "-o", "The kustomize tree's folder; aspirate-output in the AppHost's by default.");

    public static Option<string?> OverlayPath { get; } =
        Text("--overlay-path", "-op", "An overlay instead of the base: its folder, or its name below overlays/.");

    public static Option<string?> Namespace { get; } = Text("--namespace", "-n", "Where the system runs; aspire-app by default.");

    public static Option<string?> Registry { get; } =
        Text(
            "--container-registry", "-cr",
            "Where images are pushed to and pulled from, such as ghcr.io/owner; the local engine when none is given.");

    public static Option<string?> RepositoryPrefix { get; } = Text("--container-repository-prefix", "-crp", "What stands before each image's name.");

    public static Option<string?> ImageTag { get; } =
        Text("--container-image-tag", "-ct", "The version of the images that are built; latest by default.");

    public static Option<string?> BaseImage { get; } =
        Text("--container-base-image", "-cbi", "What .NET images are built on; the SDK's choice by default.");

    public static Option<string?> Builder { get; } =
        Text("--container-builder", null, "The engine that builds Dockerfiles: docker (default) or podman.");

    public static Option<string[]> Platforms { get; } =
        Many("--platform", null, "A platform to build images for, such as linux/arm64; may be repeated.");

    public static Option<string[]> BuildArguments { get; } =
        Many("--container-build-arg", "-cba", "NAME=value for every Dockerfile; may be repeated.");

    public static Option<string?> PullPolicy { get; } =
        Text("--image-pull-policy", null, "IfNotPresent, Always or Never; Always for the tag latest and IfNotPresent for others by default.");

    public static Option<bool> SkipBuild { get; } = Flag("--skip-build", "Writes the tree only; the images come from elsewhere or later.");

    public static Option<bool> NonInteractive { get; } =
        Flag("--non-interactive", "Never prompts: a missing value is an error, and confirmations are assumed.");

    public static Option<string[]> Parameters { get; } =
        Many("--parameter", "-pa", "NAME=value of a parameter of the app model; may be repeated. Not stored.");

    public static Option<string?> SecretPassword { get; } =
        Text("--secret-password", null, "Encrypts the state file with generated secrets; one of this user's own by default.");

    public static Option<string?> StatePath { get; } =
        Text("--state-path", null, "The encrypted file with generated secrets; aspirate-state.json beside the AppHost by default.");

    public static Option<bool> Force { get; } = Flag("--force", "Overwrites changed files of an earlier export.");

    public static Option<string?> KubeContext { get; } =
        Text("--kube-context", "-k", "A context of kubectl's configuration; the current one by default.");

    public static Option<bool> DeleteVolumes { get; } = Flag("--delete-volumes", "Deletes the data as well, and the namespace.");

    public static Option<int> Timeout { get; } = new("--timeout") { Description = "Seconds to wait for pods.", DefaultValueFactory = _ => 300 };

    private static Option<string?> Text(string name, string? alias, string description) =>
        Aliased(
            new Option<string?>(name) { Description = description, DefaultValueFactory = _ => Environment.GetEnvironmentVariable(VariableOf(name)) },
            alias);

    private static Option<string[]> Many(string name, string? alias, string description) =>
        Aliased(new Option<string[]>(name) { Description = description, DefaultValueFactory = _ => [] }, alias);

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => Environment.GetEnvironmentVariable(VariableOf(name)) is "true" or "1" };

    private static Option<T> Aliased<T>(Option<T> option, string? alias)
    {
        if (alias is not null)
            option.Aliases.Add(alias);
        return option;
    }

    private static string VariableOf(string option) => $"ASPIRATE_{option.TrimStart('-').Replace('-', '_').ToUpperInvariant()}";
}
