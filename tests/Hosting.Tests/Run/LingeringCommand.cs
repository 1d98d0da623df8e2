using Aspire.Hosting.ApplicationModel;

namespace Hosting.Tests.Run;

/// <summary>A command that ends when a test says so, or is cancelled.</summary>
internal sealed class LingeringCommand
{
    private readonly TaskCompletionSource _begun = NewSource(), _end = NewSource();
    private readonly TaskCompletionSource<bool> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    /// <summary>Whether it came to its end; false when it was cancelled.</summary>
    public Task<bool> Finished => _finished.Task;

    public void End() => _end.SetResult();

    public async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context)
    {
        _begun.SetResult();
        try
        {
            await _end.Task.WaitAsync(RunningApplication.Patience, context.CancellationToken);
            _finished.SetResult(true);
            return CommandResults.Success();
        }
        catch (OperationCanceledException)
        {
            _finished.SetResult(false);
            return CommandResults.Canceled();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
