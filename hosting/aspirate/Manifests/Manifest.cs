namespace MsaAspire.Aspirate.Manifests;

/// <summary>An app model as Aspire publishes it.</summary>
/// <param name="Folder">The folder that the paths in it are relative to.</param>
/// <param name="Resources">In the manifest's order.</param>
public sealed record Manifest(string Folder, IReadOnlyList<Resource> Resources)
{
    private readonly Dictionary<string, Resource> _byName = Resources.ToDictionary(r => r.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What of it is not exported, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Null when there is none of this name; names do not differ by case alone.</summary>
    public Resource? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The resources that run as pods.</summary>
    public IEnumerable<ComputeResource> Compute => Resources.OfType<ComputeResource>();
}

/// <summary>An entry of the manifest.</summary>
/// <param name="Name">As in the app model.</param>
/// <param name="ConnectionString">A template, for what others may connect to.</param>
public abstract record Resource(string Name, string? ConnectionString);

/// <summary><c>value.v0</c>: nothing but a connection string, such as that of a database in a server.</summary>
public sealed record ValueResource(string Name, string? ConnectionString, string? Value) : Resource(Name, ConnectionString);

/// <summary><c>annotated.string</c>: another value, passed through a filter.</summary>
/// <param name="Filter">How to encode: <c>uri</c> is the only one that Aspire writes.</param>
public sealed record AnnotatedString(string Name, string Value, string Filter) : Resource(Name, null);

/// <summary><c>parameter.v0</c>: a value from outside.</summary>
public sealed record ParameterResource(
    string Name, string? ConnectionString, string Value, IReadOnlyDictionary<string, ParameterInput> Inputs)
    : Resource(Name, ConnectionString);

/// <summary>What is asked from outside.</summary>
/// <param name="Secret">Never shown and never written outside a Secret.</param>
/// <param name="Default">The value when none is given.</param>
/// <param name="Generate">How to make one when none is given.</param>
public sealed record ParameterInput(bool Secret, string? Default, GenerateRule? Generate);

/// <summary>What a generated value is made of.</summary>
public sealed record GenerateRule(
    int MinLength, bool Lower, bool Upper, bool Numeric, bool Special, int MinLower, int MinUpper, int MinNumeric, int MinSpecial);

/// <summary>What runs.</summary>
public abstract record ComputeResource(string Name, string? ConnectionString) : Resource(Name, ConnectionString)
{
    /// <summary>Templates, in the manifest's order.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Templates.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>By name, in the manifest's order.</summary>
    public required IReadOnlyList<Binding> Bindings { get; init; }
}

/// <summary><c>project.v0</c> and <c>project.v1</c>: a .NET project, published as an image by the SDK.</summary>
/// <param name="Path">Absolute.</param>
public sealed record ProjectResource(string Name, string Path) : ComputeResource(Name, null);

/// <summary><c>executable.v0</c>: a program of the developer's machine, which needs an image to run elsewhere.</summary>
/// <param name="WorkingDirectory">Absolute.</param>
public sealed record ExecutableResource(string Name, string WorkingDirectory, string Command) : ComputeResource(Name, null);

/// <summary><c>container.v0</c>, <c>container.v1</c> and <c>dockerfile.v0</c>.</summary>
/// <param name="Image">Null when it is built.</param>
/// <param name="Build">Null when it is pulled.</param>
public sealed record ContainerResource(string Name, string? ConnectionString, string? Image, DockerBuild? Build)
    : ComputeResource(Name, ConnectionString)
{
    /// <summary>A template; null for the image's own.</summary>
    public string? Entrypoint { get; init; }

    /// <summary>Data that outlives a container.</summary>
    public IReadOnlyList<Volume> Volumes { get; init; } = [];

    /// <summary>Files of the developer's machine.</summary>
    public IReadOnlyList<BindMount> BindMounts { get; init; } = [];
}

/// <summary>How to build an image from a Dockerfile; all paths absolute.</summary>
public sealed record DockerBuild(
    string Context, string Dockerfile, string? Stage,
    IReadOnlyDictionary<string, string> Arguments, IReadOnlyDictionary<string, BuildSecret> Secrets);

/// <summary>A build secret: a file or the value of a template.</summary>
public sealed record BuildSecret(string? File, string? Value);

/// <summary>A named or anonymous volume.</summary>
public sealed record Volume(string? Name, string Target, bool ReadOnly);

/// <summary>A file or folder of the developer's machine in the container.</summary>
/// <param name="Source">Absolute.</param>
public sealed record BindMount(string Source, string Target, bool ReadOnly);

/// <summary>Where a resource listens.</summary>
/// <param name="Scheme">Of its address, such as <c>http</c> or <c>tcp</c>.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Transport"><c>http</c>, <c>http2</c> or <c>tcp</c>.</param>
/// <param name="Port">Where others reach it; null for the target port.</param>
/// <param name="TargetPort">Where the process listens; null when it is assigned.</param>
/// <param name="External">Reachable from outside the cluster.</param>
public sealed record Binding(string Name, string Scheme, string Protocol, string Transport, int? Port, int? TargetPort, bool External)
{
    /// <summary>An address that a browser understands, whatever the wire's version of HTTP.</summary>
    public bool IsHttp => Scheme is "http" or "https";
}
