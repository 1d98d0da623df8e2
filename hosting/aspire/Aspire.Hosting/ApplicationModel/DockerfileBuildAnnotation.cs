namespace Aspire.Hosting.ApplicationModel;

/// <summary>An image that is built from a Dockerfile.</summary>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    /// <summary>Full path of the build context.</summary>
    public string ContextPath { get; } = contextPath;

    /// <summary>Full path of the Dockerfile; for a generated one the place it is written to.</summary>
    public string DockerfilePath { get; } = dockerfilePath;

    public string? Stage { get; } = stage;

    public Dictionary<string, object?> BuildArguments { get; } = [];

    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>Writes the Dockerfile's text; null when the file exists.</summary>
    public Func<DockerfileFactoryContext, Task<string>>? DockerfileFactory { get; init; }

    public string? ImageName { get; set; }

    public string? ImageTag { get; set; }

    /// <summary>Whether the image runs; otherwise it only carries files for others.</summary>
    public bool HasEntrypoint { get; set; } = true;
}

/// <summary>What a Dockerfile is generated from.</summary>
public sealed class DockerfileFactoryContext
{
    public required IServiceProvider Services { get; init; }

    public required IResource Resource { get; init; }

    public CancellationToken CancellationToken { get; init; }
}
