namespace Aspire.Hosting.Dashboard;

internal static class DashboardServices
{
    internal static void AddDashboard(this IDistributedApplicationBuilder builder) => _ = builder;
}
