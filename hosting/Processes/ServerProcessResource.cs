using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Hosting.Processes;

/// <summary>A process that stands in for a server's container, or helps it; shown as the server's child.</summary>
internal sealed class ServerProcessResource(string name, string command, string workingDirectory, IResource server)
    : ExecutableResource(name, command, workingDirectory), IResourceWithParent
{
    public IResource Parent { get; } = server;

    /// <summary>The folder that no other server may use at the same time; null where there is none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where PostgreSQL says that it is stopping; null for another server.</summary>
    public string? PidFile { get; init; }

    /// <summary>This run's lock on <see cref="DataFolder"/>.</summary>
    public DataLock? Data { get; set; }
}
