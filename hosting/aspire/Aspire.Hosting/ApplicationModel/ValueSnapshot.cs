namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that becomes known later and may change; readers wait for the first one.</summary>
public sealed class ValueSnapshot<T> where T : notnull
{
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _latest;

    public bool IsValueSet { get; private set; }

    internal T? Latest => _latest;

    public async Task<T> GetValueAsync(CancellationToken cancellationToken = default)
    {
        if (!IsValueSet)
        {
            await _first.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return _latest!;
    }

    public void SetValue(T value)
    {
        _latest = value;
        IsValueSet = true;
        _first.TrySetResult(value);
    }

    /// <summary>Ends all waits with <paramref name="exception"/>.</summary>
    public void SetException(Exception exception)
    {
        if (!IsValueSet)
        {
            _first.TrySetException(exception);
        }
    }
}
