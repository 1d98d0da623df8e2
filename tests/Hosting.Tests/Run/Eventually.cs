using Xunit;

namespace Hosting.Tests.Run;

internal static class Eventually
{
    public static async Task Async(Func<bool> condition, TimeSpan within)
    {
        var end = DateTime.UtcNow + within;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, $"It did not happen within {within}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
