using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>The properties in the details of a resource: those every resource has, then its own.</summary>
internal static class PropertyMapping
{
    public static IEnumerable<ResourceProperty> ToProperties(ResourceEvent update)
    {
        var snapshot = update.Snapshot;
        (string Name, object? Value)[] common =
        [
            ("resource.uid", update.ResourceId),
            ("resource.name", update.ResourceId),
            ("resource.type", snapshot.ResourceType),
            ("resource.displayName", update.Resource.Name),
            ("resource.state", snapshot.State?.Text),
            ("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture)),
            ("resource.createTime", snapshot.CreationTimeStamp),
            ("resource.startTime", snapshot.StartTimeStamp),
            ("resource.stopTime", snapshot.StopTimeStamp),
            ("resource.healthState", snapshot.HealthStatus?.ToString()),
        ];
        return common
            .Select(property => new ResourceProperty { Name = property.Name, Value = ToValue(property.Value) })
            .Concat(snapshot.Properties.Select(property =>
                new ResourceProperty { Name = property.Name, Value = ToValue(property.Value), IsSensitive = property.IsSensitive }));
    }

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTime time => Value.ForString(time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        IEnumerable items => Value.ForList([.. items.Cast<object?>().Select(ToValue)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
