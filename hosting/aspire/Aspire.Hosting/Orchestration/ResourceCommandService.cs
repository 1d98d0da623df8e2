using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Runs a command on one instance of a resource, named by its id or by the resource's name if it has one instance only.</summary>
    /// <returns>How it ended; a resource or command that does not exist is a failure with a message, not an exception.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <inheritdoc cref="ExecuteCommandAsync(string, string, CancellationToken)"/>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var current)
            ? RunAsync(current.Resource, current.ResourceId, commandName, arguments, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}', or it has several replicas and one of their ids is needed."));

    /// <summary>Runs a command on all instances of a resource.</summary>
    /// <returns>Success if all of them succeeded; otherwise what went wrong with which.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <inheritdoc cref="ExecuteCommandAsync(IResource, string, CancellationToken)"/>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var ids = resource.GetInstanceIds();
        if (ids.Count == 1)
            return await RunAsync(resource, ids[0], commandName, arguments, cancellationToken).ConfigureAwait(false);

        var results = await Task.WhenAll(ids.Select(id => RunAsync(resource, id, commandName, arguments, cancellationToken))).ConfigureAwait(false);
        var failures = ids.Zip(results).Where(r => !r.Second.Success).ToArray();
        return failures.Length == 0
            ? results[0]
            : new ExecuteCommandResult
            {
                Success = false,
                Canceled = failures.All(f => f.Second.Canceled),
                Message = string.Join(" ", failures.Select(f => $"{f.First}: {f.Second.Message}")),
            };
    }

    private async Task<ExecuteCommandResult> RunAsync(
        IResource resource, string id, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        var logger = _loggers.GetLogger(id);
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(a => a.Name == commandName) is not { } command)
            return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'.");

        logger.LogInformation("Executing command '{CommandName}'.", commandName);
        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ServiceProvider = _services,
                ResourceName = id,
                CancellationToken = cancellationToken,
                Logger = logger,
                Arguments = arguments,
            }).ConfigureAwait(false);
            if (!result.Success && !result.Canceled)
                logger.LogError("The command '{CommandName}' failed: {Message}", commandName, result.Message);
            return result;
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            logger.LogError(e, "The command '{CommandName}' failed.", commandName);
            return CommandResults.Failure(e);
        }
    }
}
