using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Cli;

/// <summary>How far the start of the AppHost has come.</summary>
internal sealed class AppHostReadiness(AppHostIdentity identity, ApplicationOrchestrator orchestrator)
{
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that the command that started it knows all that it has to tell its user.</summary>
    public void Announce() => _announced.TrySetResult();

    /// <summary>Waits until every resource has its replicas and a state: before that, a name that is not found proves nothing.</summary>
    public Task InitializedAsync(CancellationToken cancellationToken) => orchestrator.Initialized.WaitAsync(cancellationToken);

    /// <summary>Waits until whoever asks about the application is answered in full.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(orchestrator.Initialized, identity.Cli.SocketPath is null ? Task.CompletedTask : _announced.Task).WaitAsync(cancellationToken);
}
