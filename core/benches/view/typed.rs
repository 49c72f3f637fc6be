//! Typed structs that borrow, whose leaves take any value: the fields that rules read, pod templates included.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value of type `T`, or that something else stands there.
#[derive(Default)]
pub(crate) enum Lenient<T> {
    #[default]
    Absent,
    Right(T),
    Wrong,
}

type Text<'a> = Lenient<Cow<'a, str>>;
type Map<'a> = Lenient<Vec<(Cow<'a, str>, Cow<'a, str>)>>;

macro_rules! lenient {
    ($kind:ty, $($visit:ident($value:ident: $type:ty) => $make:expr,)*) => {
        impl<'de: 'a, 'a> Deserialize<'de> for Lenient<$kind> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Leaf<'a>(PhantomData<&'a ()>);
                impl<'de: 'a, 'a> Visitor<'de> for Leaf<'a> {
                    type Value = Lenient<$kind>;
                    lenient!(rest);
                    $(fn $visit<E: Error>(self, $value: $type) -> Result<Self::Value, E> { Ok($make) })*
                    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
                        IgnoredAny::deserialize(SeqAccessDeserializer::new(items)).map(|_| Lenient::Wrong)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
                        IgnoredAny::deserialize(MapAccessDeserializer::new(entries)).map(|_| Lenient::Wrong)
                    }
                }
                deserializer.deserialize_any(Leaf(PhantomData))
            }
        }
    };
    (rest) => {
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result { formatter.write_str("a value") }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> { Ok(Lenient::Absent) }
    };
}

lenient!(Cow<'a, str>,
    visit_borrowed_str(value: &'de str) => Lenient::Right(Cow::Borrowed(value)),
    visit_str(value: &str) => Lenient::Right(Cow::Owned(value.to_owned())),
    visit_bool(_value: bool) => Lenient::Wrong, visit_i64(_value: i64) => Lenient::Wrong,
    visit_u64(_value: u64) => Lenient::Wrong, visit_f64(_value: f64) => Lenient::Wrong,
);
lenient!(bool,
    visit_bool(value: bool) => Lenient::Right(value), visit_str(_value: &str) => Lenient::Wrong,
    visit_i64(_value: i64) => Lenient::Wrong, visit_u64(_value: u64) => Lenient::Wrong, visit_f64(_value: f64) => Lenient::Wrong,
);
lenient!(i64,
    visit_i64(value: i64) => Lenient::Right(value),
    visit_u64(value: u64) => i64::try_from(value).map_or(Lenient::Wrong, Lenient::Right),
    visit_str(_value: &str) => Lenient::Wrong, visit_bool(_value: bool) => Lenient::Wrong, visit_f64(_value: f64) => Lenient::Wrong,
);

macro_rules! scalars_are_wrong {
    () => {
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a value")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Lenient::Absent)
        }
        fn visit_str<E: Error>(self, _value: &str) -> Result<Self::Value, E> {
            Ok(Lenient::Wrong)
        }
        fn visit_bool<E: Error>(self, _value: bool) -> Result<Self::Value, E> {
            Ok(Lenient::Wrong)
        }
        fn visit_i64<E: Error>(self, _value: i64) -> Result<Self::Value, E> {
            Ok(Lenient::Wrong)
        }
        fn visit_u64<E: Error>(self, _value: u64) -> Result<Self::Value, E> {
            Ok(Lenient::Wrong)
        }
        fn visit_f64<E: Error>(self, _value: f64) -> Result<Self::Value, E> {
            Ok(Lenient::Wrong)
        }
    };
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<Vec<T>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
            type Value = Lenient<Vec<T>>;
            scalars_are_wrong!();
            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(Lenient::Right)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                // A map of strings is read as pairs.
                while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Lenient::Wrong)
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }
}

macro_rules! object {
    ($name:ident { $($field:ident: $type:ty = $key:literal,)* }) => {
        #[allow(clippy::struct_field_names, reason = "the names are the fields' own")]
        #[derive(Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        pub(crate) struct $name<'a> { $(#[serde(rename = $key)] $field: $type,)* #[serde(skip)] lifetime: PhantomData<&'a ()> }
        impl Default for $name<'_> {
            fn default() -> Self { Self { $($field: Lenient::Absent,)* lifetime: PhantomData } }
        }
        impl<'de: 'a, 'a> Deserialize<'de> for Lenient<$name<'a>> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object<'a>(PhantomData<&'a ()>);
                impl<'de: 'a, 'a> Visitor<'de> for Object<'a> {
                    type Value = Lenient<$name<'a>>;
                    scalars_are_wrong!();
                    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                        while items.next_element::<IgnoredAny>()?.is_some() {}
                        Ok(Lenient::Wrong)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Self::Value, A::Error> {
                        $name::deserialize(MapAccessDeserializer::new(entries)).map(Lenient::Right)
                    }
                }
                deserializer.deserialize_any(Object(PhantomData))
            }
        }
    };
}

object!(RayJob { metadata: Lenient<Metadata<'a>> = "metadata", spec: Lenient<Spec<'a>> = "spec", });
object!(Metadata { name: Text<'a> = "name", generate_name: Text<'a> = "generateName", namespace: Text<'a> = "namespace", });
object!(Spec {
    active: Lenient<i64> = "activeDeadlineSeconds", backoff: Lenient<i64> = "backoffLimit", selector: Map<'a> = "clusterSelector",
    entrypoint: Text<'a> = "entrypoint", job_id: Text<'a> = "jobId", managed_by: Text<'a> = "managedBy", metadata: Map<'a> = "metadata",
    pre_running: Lenient<i64> = "preRunningDeadlineSeconds", cluster: Lenient<Cluster<'a>> = "rayClusterSpec",
    environment: Text<'a> = "runtimeEnvYAML", shutdown: Lenient<bool> = "shutdownAfterJobFinishes", mode: Text<'a> = "submissionMode",
    submitter: Lenient<Template<'a>> = "submitterPodTemplate", suspend: Lenient<bool> = "suspend", ttl: Lenient<i64> = "ttlSecondsAfterFinished",
});
object!(Cluster {
    autoscaling: Lenient<bool> = "enableInTreeAutoscaling", head: Lenient<Group<'a>> = "headGroupSpec", version: Text<'a> = "rayVersion",
    workers: Lenient<Vec<Lenient<Group<'a>>>> = "workerGroupSpecs",
});
object!(Group {
    name: Text<'a> = "groupName", max: Lenient<i64> = "maxReplicas", min: Lenient<i64> = "minReplicas", hosts: Lenient<i64> = "numOfHosts",
    params: Map<'a> = "rayStartParams", replicas: Lenient<i64> = "replicas", template: Lenient<Template<'a>> = "template",
});
object!(Template { spec: Lenient<Pod<'a>> = "spec", });
object!(Pod {
    account: Text<'a> = "serviceAccountName", containers: Lenient<Vec<Lenient<Container<'a>>>> = "containers",
    init: Lenient<Vec<Lenient<Container<'a>>>> = "initContainers", network: Lenient<bool> = "hostNetwork", priority: Text<'a> = "priorityClassName",
    restart: Text<'a> = "restartPolicy", selector: Map<'a> = "nodeSelector", volumes: Lenient<Vec<Lenient<Volume<'a>>>> = "volumes",
});
object!(Container {
    args: Lenient<Vec<Text<'a>>> = "args", command: Lenient<Vec<Text<'a>>> = "command", env: Lenient<Vec<Lenient<Variable<'a>>>> = "env",
    image: Text<'a> = "image", mounts: Lenient<Vec<Lenient<Mount<'a>>>> = "volumeMounts", name: Text<'a> = "name",
    ports: Lenient<Vec<Lenient<Port<'a>>>> = "ports", resources: Lenient<Resources<'a>> = "resources",
});
object!(Variable { name: Text<'a> = "name", value: Text<'a> = "value", });
object!(Mount { name: Text<'a> = "name", path: Text<'a> = "mountPath", });
object!(Port { name: Text<'a> = "name", port: Lenient<i64> = "containerPort", });
object!(Resources { limits: Map<'a> = "limits", requests: Map<'a> = "requests", });
object!(Volume { name: Text<'a> = "name", });
