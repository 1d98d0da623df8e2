using System.CommandLine;
using MsaAspire.Aspirate.Images;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Parameters;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Commands;

/// <summary>The common part of generate and build: from the command line to a plan.</summary>
internal sealed class Export(ParseResult arguments, Terminal terminal)
{
    public const string DefaultTag = "latest";

    private const string DefaultNamespace = "aspire-app", DefaultEngine = "docker", StateName = "aspirate-state.json";

    private string? _folder;

    /// <summary>The folder of settings and state: the AppHost's, or the manifest's.</summary>
    public string Folder => _folder ??= Given(Arguments.AspireManifest) is { } manifest && Given(Arguments.ProjectPath) is null
        ? Path.GetDirectoryName(Path.GetFullPath(manifest))!
        : AppHostProject.Find(Given(Arguments.ProjectPath) ?? ".").Folder;

    /// <summary>The tree's folder.</summary>
    public string OutputPath => Given(Arguments.OutputPath) ?? Path.Combine(Folder, "aspirate-output");

    public string? Given(Option<string?> option) => arguments.GetValue(option) is { Length: > 0 } text ? text : null;

    /// <summary>Stores generated and entered values; to be called when nothing else can fail.</summary>
    public Action KeepState { get; private set; } = () => { };

    /// <summary>Reads and validates everything; nothing is written.</summary>
    /// <param name="onlyImages">Most images are built without the values of parameters, and so without asking for them.</param>
    public async Task<Plan> PlanAsync(bool onlyImages, CancellationToken cancellation)
    {
        var settings = AspirateSettings.Read(Folder);
        var pullPolicy = Given(Arguments.PullPolicy);
        if (pullPolicy is not (null or "IfNotPresent" or "Always" or "Never"))
            throw new AspirateException($"--image-pull-policy {pullPolicy} is not one that Kubernetes has. Give IfNotPresent, Always or Never.");
        var manifest = ManifestReader.Read(Given(Arguments.AspireManifest)
            ?? await terminal.StepAsync("manifest of the app model", _ => AppHostProject.Find(Folder).WriteManifestAsync(cancellation)));
        var parameters = onlyImages && !BuildsTakeParameters(manifest)
            ? new(Placeholders(manifest), () => { })
            : ParameterValues.Find(manifest, Sources());
        KeepState = parameters.Keep;
        var plan = Planner.Make(
            manifest, settings, Given(Arguments.Namespace) ?? settings.Namespace ?? DefaultNamespace,
            Naming(settings), pullPolicy, parameters.Values);
        foreach (var warning in plan.Warnings)
            Terminal.Warn(warning);
        return plan;
    }

    /// <summary>Builds and pushes all images.</summary>
    public Task BuildAsync(Plan plan, CancellationToken cancellation)
    {
        var containers = plan.Settings.Containers;
        var engine = Given(Arguments.Builder) ?? containers.Builder ?? DefaultEngine;
        if (engine is not ("docker" or "podman"))
            throw new AspirateException($"--container-builder {engine} is not known. Give docker or podman.");
        var platforms = arguments.GetValue(Arguments.Platforms) is { Length: > 0 } given ? given : containers.Platforms ?? [];
        return new ImageBuilder(new(
            RegistryOf(plan.Settings) is { } registry ? new Registry(registry) : null,
            Given(Arguments.BaseImage) ?? containers.BaseImage,
            engine, platforms,
            arguments.GetValue(Arguments.BuildArguments) ?? []), terminal).BuildAsync(plan, cancellation);
    }

    private ImageNaming Naming(AspirateSettings settings) => new(
        RegistryOf(settings),
        Given(Arguments.RepositoryPrefix) ?? settings.Containers.RepositoryPrefix,
        Given(Arguments.ImageTag) ?? settings.Tag ?? settings.Containers.Tag ?? DefaultTag);

    private string? RegistryOf(AspirateSettings settings) => Given(Arguments.Registry) ?? settings.Containers.Registry;

    private ParameterSources Sources() => new(
        ParametersGiven(),
        Given(Arguments.StatePath) ?? Path.Combine(Folder, StateName),
        () => Given(Arguments.SecretPassword) ?? StatePassword.OfThisUser(),
        (name, secret) => terminal.Ask($"the value of the parameter \"{name}\"", $"--parameter {name}=VALUE", secret));

    private Dictionary<string, string> ParametersGiven()
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in arguments.GetValue(Arguments.Parameters) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new AspirateException("A --parameter has no name before the '='. Give it as --parameter NAME=VALUE.");
            values[name] = value;
        }

        return values;
    }

    private static bool BuildsTakeParameters(Manifest manifest) =>
        manifest.Resources.OfType<ContainerResource>()
            .Where(r => r.Build is not null)
            .SelectMany(r => r.Build!.Arguments.Values.Concat(r.Build.Secrets.Values.Select(s => s.Value ?? "")))
            .Any(value => value.Contains('{', StringComparison.Ordinal));

    private static Dictionary<string, string> Placeholders(Manifest manifest) =>
        (from p in manifest.Resources.OfType<ParameterResource>() from i in p.Inputs.Keys select $"{p.Name}.{i}")
            .ToDictionary(key => key, _ => "", StringComparer.OrdinalIgnoreCase);
}
