using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Hosting.Processes;

/// <summary>A process that stands in for a server's container, or helps it; shown as the server's child.</summary>
internal sealed class ServerProcessResource(string name, string command, string workingDirectory, IResource server)
    : ExecutableResource(name, command, workingDirectory), IResourceWithParent
{
    public IResource Parent { get; } = server;
}
