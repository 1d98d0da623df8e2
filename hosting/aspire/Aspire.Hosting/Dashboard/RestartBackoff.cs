namespace Aspire.Hosting.Dashboard;

/// <summary>How long to wait before the next restart: at once the first time, then ever longer, at most twice a minute in the long run.</summary>
internal sealed class RestartBackoff(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;
    private long _last = time.GetTimestamp();

    public TimeSpan Next()
    {
        // A dashboard that stayed up for longer than the longest delay starts with a clean record.
        var delay = time.GetElapsedTime(_last) > Longest + _next ? First : _next;
        _next = delay * 2 < Longest ? delay * 2 : Longest;
        _last = time.GetTimestamp();
        return delay;
    }
}
