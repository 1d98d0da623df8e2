namespace Aspire.Hosting;

/// <summary>
/// Ends the AppHost with the message alone, and exit code 1, when its model or its start failed in a way that the message explains: a stack
/// trace says nothing to someone who wrote a duplicate name.
/// </summary>
internal static class PlainErrors
{
    private static int s_enabled;

    public static void Enable()
    {
        if (Interlocked.Exchange(ref s_enabled, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += static (_, e) => Exit(e.ExceptionObject as Exception);
        }
    }

    private static void Exit(Exception? exception)
    {
        var explained = exception is AggregateException aggregate ? aggregate.Flatten().InnerExceptions.FirstOrDefault(IsExplained) : exception;
        if (explained is not null && IsExplained(explained))
        {
            Console.Error.WriteLine($"error: {explained.Message}");
            Environment.Exit(1);
        }
    }

    private static bool IsExplained(Exception exception) => exception is DistributedApplicationException;
}
