namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>Waits for what nothing announces.</summary>
internal static class Eventually
{
    public static async Task<bool> IsTrueAsync(Func<bool> condition, TimeSpan limit)
    {
        for (var deadline = DateTime.UtcNow + limit; DateTime.UtcNow < deadline; await Task.Delay(50))
        {
            if (condition())
            {
                return true;
            }
        }

        return condition();
    }
}
