using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Shop.Tests;

/// <summary>What the lab can tell services to do, nobody can tell those of the shop as it is.</summary>
public class FaultHooks(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task No_service_of_the_shop_can_be_told_to_fail()
    {
        var services = Shop.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>().ToList();
        Assert.NotEmpty(services);
        foreach (var service in services)
        {
            using var client = Shop.App.CreateHttpClient(service.Name, "http");
            using var answer = await client.PostAsync("/faults/hang?seconds=0", content: null, Cancelled);
            Assert.True((int)answer.StatusCode is 404 or 405, $"{service.Name} answers {answer.StatusCode}.");
            Assert.DoesNotContain(answer.Headers, h => h.Key == "X-Served-By");
        }
    }
}
