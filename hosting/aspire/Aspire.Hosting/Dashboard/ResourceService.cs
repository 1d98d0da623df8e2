using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard asks of the AppHost: the resources, their console logs, and the execution of their commands.</summary>
internal sealed class ResourceService(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    IConfiguration configuration,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime) : DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse
        {
            ApplicationName = ApplicationName(configuration["AppHost:DashboardApplicationName"] ?? environment.ApplicationName),
        });

    public override Task WatchResources(
        WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context) =>
        UntilEndAsync(context, async cancellationToken =>
        {
            var first = true;
            await foreach (var batch in ResourceUpdates.ReadAsync(notifications, cancellationToken).ConfigureAwait(false))
            {
                var resources = batch.Select(ResourceMapping.ToResource);
                var update = new WatchResourcesUpdate();
                if (first)
                {
                    update.InitialData = new InitialResourceData();
                    update.InitialData.Resources.AddRange(resources);
                    first = false;
                }
                else
                {
                    update.Changes = new WatchResourcesChanges();
                    update.Changes.Value.AddRange(resources.Select(resource => new WatchResourcesChange { Upsert = resource }));
                }

                await responseStream.WriteAsync(update, cancellationToken).ConfigureAwait(false);
            }
        });

    public override Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context) =>
        UntilEndAsync(context, async cancellationToken =>
        {
            if (!notifications.TryGetCurrentState(request.ResourceName, out _))
            {
                return;
            }

            var batches = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
            await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                foreach (var update in ConsoleLogMapping.ToUpdates(batch))
                {
                    await responseStream.WriteAsync(update, cancellationToken).ConfigureAwait(false);
                }
            }
        });

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        var declared = notifications.TryGetCurrentState(request.ResourceName, out var current)
            ? current.Snapshot.Commands.FirstOrDefault(command => command.Name == request.CommandName)?.Arguments
            : null;
        var arguments = CommandMapping.ToArguments(declared ?? [], request.Arguments);
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, arguments, context.CancellationToken)
            .ConfigureAwait(false);
        return CommandMapping.ToResponse(result);
    }

    /// <summary>Nothing here asks the user questions; an idle stream spares the dashboard its retries.</summary>
    public override Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream,
        IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream,
        ServerCallContext context) =>
        UntilEndAsync(context, async cancellationToken =>
        {
            while (await requestStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
            }
        });

    // An open stream would hold up the shutdown of the AppHost, so each one ends with it.
    private async Task UntilEndAsync(ServerCallContext context, Func<CancellationToken, Task> stream)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await stream(end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (end.IsCancellationRequested && e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // the reader has left or the AppHost stops; a write under way then ends with any of these
        }
    }

    // "Shop.AppHost" is the AppHost of "Shop".
    private static string ApplicationName(string name)
    {
        const string Suffix = "AppHost";
        var trimmed = name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? name[..^Suffix.Length].TrimEnd('.') : name;
        return trimmed.Length > 0 ? trimmed : name;
    }
}
