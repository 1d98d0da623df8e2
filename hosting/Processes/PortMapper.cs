using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Hosting.Processes;

/// <summary>Erlang's port mapper (epmd). Left to itself the broker starts one that outlives everything and is shared by everybody; this one is the broker's own.</summary>
internal static class PortMapper
{
    public const string EndpointName = "epmd";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static IResourceBuilder<ServerProcessResource> Add(IDistributedApplicationBuilder builder, IResource server, string[] command, string workingDirectory)
    {
        // Erlang refuses a port mapper that says it listens on another port than was asked, so there can be no proxy in between.
        var port = FreePort.Next();
        return builder.AddResource(new ServerProcessResource($"{server.Name}-epmd", command[0], workingDirectory, server))
            .WithDirectEndpoint(EndpointName, port: port)
            .WithArgs([.. command[1..], "-address", "127.0.0.1", "-port", $"{port}"])
            .ExcludeFromManifest();
    }

    /// <summary>Waits until it answers. The broker gives up at once when it does not, so the broker is held back.</summary>
    public static async Task WaitAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            while (!await AnswersAsync(endpoint, deadline.Token))
            {
                await Task.Delay(50, deadline.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"'{endpoint.Resource.Name}' does not answer within {Limit.TotalSeconds:0} s, and the broker cannot start without it. Look at its log, and start it.", e);
        }
    }

    private static async Task<bool> AnswersAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        try
        {
            // NAMES_REQ, to which the answer starts with a port: whoever else may listen there would not say that.
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", endpoint.Port, cancellationToken);
            await client.GetStream().WriteAsync(new byte[] { 0, 1, (byte)'n' }, cancellationToken);
            return await client.GetStream().ReadAtLeastAsync(new byte[4], 4, throwOnEndOfStream: false, cancellationToken) == 4;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
