using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class EventingTests
{
    private sealed record Happened(IResource Resource) : IDistributedApplicationResourceEvent;

    private readonly DistributedApplicationEventing _eventing = new();
    private readonly ExecutableResource _orders = new("orders", "date", ".");
    private readonly ExecutableResource _stock = new("stock", "date", ".");
    private readonly List<string> _calls = [];

    [Fact]
    public async Task Subscribers_are_called_one_after_the_other_in_the_order_of_their_subscription()
    {
        _eventing.Subscribe<Happened>(async (_, _) =>
        {
            await Task.Yield();
            _calls.Add("first");
        });
        Record<Happened>("second");

        await _eventing.PublishAsync(new Happened(_orders), TestContext.Current.CancellationToken);

        Assert.Equal(["first", "second"], _calls);
    }

    [Fact]
    public async Task A_subscriber_to_one_resource_hears_nothing_of_another()
    {
        _eventing.Subscribe<Happened>(_orders, (_, _) => Call("orders"));

        await _eventing.PublishAsync(new Happened(_stock), TestContext.Current.CancellationToken);
        await _eventing.PublishAsync(new Happened(_orders), TestContext.Current.CancellationToken);

        Assert.Equal(["orders"], _calls);
    }

    [Fact]
    public async Task Who_has_unsubscribed_is_not_called()
    {
        var subscription = Record<Happened>("call");
        _eventing.Unsubscribe(subscription);

        await _eventing.PublishAsync(new Happened(_orders), TestContext.Current.CancellationToken);

        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_subscriber_that_fails_fails_the_publication()
    {
        _eventing.Subscribe<Happened>((_, _) => throw new InvalidOperationException("no"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _eventing.PublishAsync(new Happened(_orders), TestContext.Current.CancellationToken));
    }

    private DistributedApplicationEventSubscription Record<T>(string call) where T : IDistributedApplicationEvent => _eventing.Subscribe<T>((_, _) => Call(call));

    private Task Call(string call)
    {
        _calls.Add(call);
        return Task.CompletedTask;
    }
}
